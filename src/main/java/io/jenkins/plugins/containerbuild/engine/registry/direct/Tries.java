package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.Retries;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicies;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicy;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;

/**
 * Does a piece of work with registries, again where that may help, by the same rules as the daemon's pushes and pulls. Each
 * piece has its own attempts: what asks for one thing only is made one.
 *
 * @param listener told of each retry
 * @param policies how often and how long
 */
record Tries(EngineListener listener, RetryPolicies policies) {

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {

        T run() throws SessionFailure, MalformedException, EngineException, InterruptedException;
    }

    /** What is waited for between the attempts of one piece of work; a login that fails has attempts of its own. */
    static final class Pauses {

        private final String action;
        private final Retries work;
        private final Retries logins;

        private Pauses(String action, Retries work, Retries logins) {
            this.action = action;
            this.work = work;
            this.logins = logins;
        }

        /**
         * Returns when it is time for the next attempt.
         *
         * @throws EngineException when there is no next attempt
         */
        void after(SessionFailure e) throws EngineException, InterruptedException {
            Session session = e.session();
            if (!e.isOfLogin()) {
                logins.progressed();
            }
            (e.isOfLogin() ? logins : work).after(e.failure(), action, session.entry(), session.account());
            if (e.failure().kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                session.forgetLogin();
            }
        }

        /** Something was achieved: attempts and time are counted anew. */
        void progressed() {
            work.progressed();
        }
    }

    /**
     * Tries until it succeeds or trying again is of no use: something small, such as a manifest.
     *
     * @param action for messages: "push registry.example/app:1"
     */
    <T> T run(String action, Attempt<T> attempt) throws EngineException, InterruptedException {
        return run(action, policies.manifest(), attempt);
    }

    /** The same for a request that is about a blob. */
    <T> T blob(String action, Attempt<T> attempt) throws EngineException, InterruptedException {
        return run(action, policies.blob(), attempt);
    }

    /** For whoever repeats the transfer of a blob by itself. */
    Pauses blobPauses(String action) {
        return pauses(action, policies.blob());
    }

    private Pauses pauses(String action, RetryPolicy policy) {
        return new Pauses(
                action,
                Retries.withoutDaemon(policy, DirectAdvice::explain, listener),
                Retries.withoutDaemon(policies.login(), DirectAdvice::explain, listener));
    }

    private <T> T run(String action, RetryPolicy policy, Attempt<T> attempt)
            throws EngineException, InterruptedException {
        Pauses pauses = pauses(action, policy);
        while (true) {
            try {
                return attempt.run();
            } catch (SessionFailure e) {
                pauses.after(e);
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
