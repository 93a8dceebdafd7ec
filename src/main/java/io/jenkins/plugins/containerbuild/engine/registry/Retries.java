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
final class Retries {

    private final RetryPolicy policy;
    private final RetryAfter retryAfter;
    private final EngineListener listener;
    private int attempts;
    private boolean loginRenewed;

    Retries(RetryPolicy policy, RetryAfter retryAfter, EngineListener listener) {
        this.policy = policy;
        this.retryAfter = retryAfter;
        this.listener = listener;
    }

    /**
     * Returns when it is time for the next attempt.
     *
     * @param action for messages: "push registry.example/app:1"
     * @param account the account that was used, or null without a login
     * @throws EngineException when there is no next attempt
     * @throws InterruptedException when the thread was interrupted
     */
    void after(RegistryFailure failure, String action, RegistryEntry entry, String account)
            throws EngineException, InterruptedException {
        attempts++;
        boolean renewing = failure.kind() == RegistryFailure.Kind.UNAUTHORIZED && account != null && !loginRenewed;
        boolean again = renewing || failure.kind().isPassing() && attempts < policy.attempts();
        if (!again) {
            throw RegistryAdvice.explain("could not " + action, entry, account, failure);
        }
        loginRenewed |= renewing;
        Duration delay = renewing ? Duration.ZERO : delay(entry, failure);
        listener.on(new EngineEvent.Retry(action, attempts, policy.attempts(), delay, failure.getMessage()));
        Thread.sleep(delay.toMillis());
    }

    private Duration delay(RegistryEntry entry, RegistryFailure failure) throws InterruptedException {
        Duration own = policy.delayAfter(attempts, RandomGenerator.getDefault());
        if (failure.kind() != RegistryFailure.Kind.RATE_LIMITED) {
            return own;
        }
        Optional<Duration> wish = retryAfter.askedBy(entry);
        return wish.filter(asked -> asked.compareTo(own) > 0)
                .map(asked -> asked.compareTo(RetryPolicy.LONGEST_WISH) > 0 ? RetryPolicy.LONGEST_WISH : asked)
                .orElse(own);
    }
}
