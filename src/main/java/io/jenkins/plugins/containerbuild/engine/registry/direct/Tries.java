package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.Retries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;

/**
 * Does a piece of work with registries, again where that may help, by the same rules as the daemon's pushes and pulls.
 *
 * @param listener told of each retry
 */
record Tries(EngineListener listener) {

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {

        T run() throws SessionFailure, MalformedException, EngineException, InterruptedException;
    }

    /**
     * Tries until it succeeds or trying again is of no use.
     *
     * @param action for messages: "push registry.example/app:1"
     */
    <T> T run(String action, Attempt<T> attempt) throws EngineException, InterruptedException {
        Retries retries = Retries.withoutDaemon(DirectAdvice::explain, listener);
        while (true) {
            try {
                return attempt.run();
            } catch (SessionFailure e) {
                Session session = e.session();
                retries.after(e.failure(), action, session.entry(), session.account());
                if (e.failure().kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                    session.forgetLogin();
                }
            } catch (MalformedException e) {
                throw new RegistryException(
                        "could not " + action,
                        e.getMessage(),
                        "Give the name of an image, or of an index of images",
                        e);
            }
        }
    }
}
