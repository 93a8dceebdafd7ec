package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.IOException;

/** Repeats a piece of work that pushes by itself, by the same rules as the Engine's own pushes. */
public final class PushRetries {

    private final RegistryAccess registries;
    private final EngineListener listener;

    /**
     * @param registries what is configured
     * @param listener told of each retry
     */
    public PushRetries(RegistryAccess registries, EngineListener listener) {
        this.registries = registries;
        this.listener = listener;
    }

    /** One try. */
    public interface Attempt<T> {

        /** Does the work, with logins asked for anew. */
        T run() throws PushRefusedException, EngineException, IOException, InterruptedException;
    }

    /**
     * Tries until it succeeds or trying again is of no use.
     *
     * @throws EngineException when it failed for good; a refused push says what helps
     * @throws IOException as the work throws it
     * @throws InterruptedException when the thread was interrupted
     */
    public <T> T run(Attempt<T> attempt) throws EngineException, IOException, InterruptedException {
        Retries retries = new Retries(RetryPolicies.DEFAULT.push(), new RetryAfterHeader(), listener);
        while (true) {
            try {
                return attempt.run();
            } catch (PushRefusedException refused) {
                ImageReference name = refused.reference();
                RegistryEntry entry = registries.entryFor(name);
                retries.after(
                        RegistryFailure.of(refused.getMessage()),
                        "push " + name.familiar() + " to " + entry.address(),
                        entry,
                        registries.login(entry).account());
            }
        }
    }
}
