package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries a transfer again when the failure may pass: connection loss, 408, 429, 5xx. A refused login is tried once more
 * with credentials fetched anew, since tokens expire; 403 and 404 are final.
 */
final class Transfers {

    private final EngineConnection connection;
    private final RegistryAccess registries;
    private final RetryPolicy policy;
    private final RetryAfter retryAfter;
    private final EngineListener listener;

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
        boolean loginRenewed = false;
        for (int number = 1; ; number++) {
            RegistryAccess.Login login = registries.login(entry);
            try {
                return attempt.run(login);
            } catch (RegistryFailure failure) {
                boolean renewing =
                        failure.kind() == RegistryFailure.Kind.UNAUTHORIZED && login.account() != null && !loginRenewed;
                boolean again = renewing || failure.kind().isPassing() && number < policy.attempts();
                if (!again) {
                    throw RegistryAdvice.explain("could not " + action, entry, login.account(), failure);
                }
                loginRenewed |= renewing;
                Duration delay = renewing ? Duration.ZERO : delay(entry, number, failure);
                listener.on(new EngineEvent.Retry(action, number, policy.attempts(), delay, failure.getMessage()));
                Thread.sleep(delay.toMillis());
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
            connection.stream(request, log::read);
        } catch (DaemonRefusal e) {
            throw RegistryFailure.of(e.getMessage());
        } catch (IOException e) {
            throw connection.lost(e);
        }
        if (log.error() != null) {
            throw RegistryFailure.of(log.error());
        }
        return log.digest();
    }

    private Duration delay(RegistryEntry entry, int number, RegistryFailure failure) throws InterruptedException {
        Duration own = policy.delayAfter(number, RandomGenerator.getDefault());
        if (failure.kind() != RegistryFailure.Kind.RATE_LIMITED) {
            return own;
        }
        Optional<Duration> wish = retryAfter.askedBy(entry);
        return wish.filter(asked -> asked.compareTo(own) > 0)
                .map(asked -> asked.compareTo(RetryPolicy.LONGEST_WISH) > 0 ? RetryPolicy.LONGEST_WISH : asked)
                .orElse(own);
    }
}
