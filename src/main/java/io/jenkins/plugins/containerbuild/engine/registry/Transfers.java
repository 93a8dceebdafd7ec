package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;

/** Has the daemon push or pull, again where {@link Retries} says so. For one thread. */
final class Transfers {

    private final EngineConnection connection;
    private final RegistryAccess registries;
    private final RetryPolicy policy;
    private final RetryAfter retryAfter;
    private final EngineListener listener;
    private int layersDone;

    Transfers(
            EngineConnection connection,
            RegistryAccess registries,
            RetryPolicy policy,
            RetryAfter retryAfter,
            EngineListener listener) {
        this.connection = connection;
        this.registries = registries;
        this.policy = policy;
        this.retryAfter = retryAfter;
        this.listener = listener;
    }

    /** One try with one login. */
    interface Attempt<T> {
        T run(RegistryAccess.Login login) throws RegistryFailure, EngineException, InterruptedException;
    }

    /**
     * @param action for messages: "push registry.example/app:1"
     */
    <T> T run(String action, RegistryEntry entry, Attempt<T> attempt) throws EngineException, InterruptedException {
        Retries retries = new Retries(policy, retryAfter, listener);
        int most = 0;
        while (true) {
            RegistryAccess.Login login = registries.login(entry);
            layersDone = 0;
            try {
                return attempt.run(login);
            } catch (RegistryFailure failure) {
                if (layersDone > most) {
                    most = layersDone;
                    retries.progressed();
                }
                retries.after(failure, action, entry, login.account());
            }
        }
    }

    /**
     * Has the daemon do one transfer and follows it to its end.
     *
     * @return the digest that the daemon told, or null
     */
    Digest follow(DaemonRequest request, TransferLog log)
            throws RegistryFailure, EngineException, InterruptedException {
        try {
            connection.stream(request, policy.limit(), log::read);
        } catch (DaemonRefusal e) {
            throw RegistryFailure.of(e.getMessage());
        } catch (IOException e) {
            throw connection.lost(e);
        } finally {
            layersDone = log.layersDone();
        }
        if (log.error() != null) {
            throw RegistryFailure.of(log.error());
        }
        return log.digest();
    }
}
