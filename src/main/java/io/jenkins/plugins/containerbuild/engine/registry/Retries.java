package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides after each failure of one transfer whether it is tried again, and waits: for connection loss, 408, 429, 5xx. A
 * refused login is tried once more with credentials fetched anew, since tokens expire; 403 and 404 are final. One object
 * for one transfer.
 */
public final class Retries {

    /** Puts a failure that is final into words. */
    @FunctionalInterface
    public interface Explanation {

        /**
         * What helps.
         *
         * @param what what could not be done
         * @param account the account that was used, or null without a login
         */
        RegistryException explain(String what, RegistryEntry entry, String account, RegistryFailure failure);
    }

    private final RetryPolicy policy;
    private final RetryAfter retryAfter;
    private final Explanation explanation;
    private final EngineListener listener;
    private int attempts;
    private boolean loginRenewed;

    /** For what the daemon does. */
    Retries(RetryPolicy policy, RetryAfter retryAfter, EngineListener listener) {
        this(policy, retryAfter, RegistryAdvice::explain, listener);
    }

    private Retries(RetryPolicy policy, RetryAfter retryAfter, Explanation explanation, EngineListener listener) {
        this.policy = policy;
        this.retryAfter = retryAfter;
        this.explanation = explanation;
        this.listener = listener;
    }

    /** For whoever speaks with the registry itself, and so hears how long it wants to be left alone. */
    public static Retries withoutDaemon(Explanation explanation, EngineListener listener) {
        return new Retries(RetryPolicy.DEFAULT, entry -> Optional.empty(), explanation, listener);
    }

    /**
     * Returns when it is time for the next attempt.
     *
     * @param action for messages: "push registry.example/app:1"
     * @param account the account that was used, or null without a login
     * @throws EngineException when there is no next attempt
     * @throws InterruptedException when the thread was interrupted
     */
    public void after(RegistryFailure failure, String action, RegistryEntry entry, String account)
            throws EngineException, InterruptedException {
        attempts++;
        boolean renewing = failure.kind() == RegistryFailure.Kind.UNAUTHORIZED && account != null && !loginRenewed;
        boolean again = renewing || failure.kind().isPassing() && attempts < policy.attempts();
        if (!again) {
            throw explanation.explain("could not " + action, entry, account, failure);
        }
        loginRenewed |= renewing;
        Duration delay = renewing ? Duration.ZERO : delay(entry, failure);
        listener.on(new EngineEvent.Retry(action, attempts, policy.attempts(), delay, failure.getMessage()));
        Thread.sleep(delay.toMillis());
    }

    private Duration delay(RegistryEntry entry, RegistryFailure failure) throws InterruptedException {
        Duration own = policy.delayAfter(attempts, RandomGenerator.getDefault());
        Optional<Duration> wish = failure.retryAfter();
        if (wish.isEmpty() && failure.kind() == RegistryFailure.Kind.RATE_LIMITED) {
            wish = retryAfter.askedBy(entry);
        }
        return wish.filter(asked -> asked.compareTo(own) > 0)
                .map(asked -> asked.compareTo(RetryPolicy.LONGEST_WISH) > 0 ? RetryPolicy.LONGEST_WISH : asked)
                .orElse(own);
    }
}
