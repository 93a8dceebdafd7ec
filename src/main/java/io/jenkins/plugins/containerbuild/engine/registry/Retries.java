package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides after each failure of one phase of a transfer whether it is tried again, and waits: for connection loss, 408, 429,
 * 5xx, and a web page in place of an answer. A refused login is tried once more with credentials fetched anew, since tokens
 * expire, and counts as no attempt; 403 and 404 are final. One object for one phase.
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

    /** An address that is no registry's answers with web pages, too: that should not take long to find out. */
    private static final int MOST_WEB_PAGES = 3;

    private final RetryPolicy policy;
    private final RetryAfter retryAfter;
    private final Explanation explanation;
    private final EngineListener listener;
    private long begin = System.nanoTime();
    private int attempts;
    private int webPages;
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
    public static Retries withoutDaemon(RetryPolicy policy, Explanation explanation, EngineListener listener) {
        return new Retries(policy, entry -> Optional.empty(), explanation, listener);
    }

    /** Something was achieved: attempts and time are counted anew. */
    public void progressed() {
        begin = System.nanoTime();
        attempts = 0;
        webPages = 0;
        loginRenewed = false;
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
        if (failure.kind() == RegistryFailure.Kind.UNAUTHORIZED && account != null && !loginRenewed) {
            loginRenewed = true;
            tell(action, attempts + 1, Duration.ZERO, failure);
            return;
        }
        attempts++;
        webPages += failure.kind() == RegistryFailure.Kind.WEB_PAGE ? 1 : 0;
        boolean again = failure.kind().isPassing() && attempts < policy.attempts() && webPages < MOST_WEB_PAGES;
        Duration delay = again ? delay(entry, failure) : Duration.ZERO;
        if (!again
                || System.nanoTime() - begin + delay.toNanos() > policy.limit().toNanos()) {
            String often = attempts > 1 ? " in " + attempts + " attempts" : "";
            throw explanation.explain("could not " + action + often, entry, account, failure);
        }
        tell(action, attempts, delay, failure);
        Thread.sleep(delay.toMillis());
    }

    private void tell(String action, int attempt, Duration delay, RegistryFailure failure) {
        listener.on(new EngineEvent.Retry(action, attempt, policy.attempts(), delay, failure.getMessage()));
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
