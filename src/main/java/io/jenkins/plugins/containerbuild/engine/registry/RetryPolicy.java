package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how patiently one phase of a transfer is tried again. Waits double from attempt to attempt and vary by a
 * quarter, so that builds which failed together do not come back together.
 *
 * @param attempts how many attempts at most, the first one included; counted anew whenever something was achieved
 * @param firstDelay the wait after the first failure
 * @param longestDelay no wait is longer, a registry's own wish excepted
 * @param limit how long the phase may go on without anything being achieved; no attempt begins after that
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration limit) {

    /** The longest wait that a registry can ask for with Retry-After. */
    static final Duration LONGEST_WISH = Duration.ofMinutes(5);

    /** The usual waits, with a limit. */
    static RetryPolicy within(Duration limit) {
        return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30), limit);
    }

    /** The same limit, for a single attempt. */
    RetryPolicy once() {
        return new RetryPolicy(1, firstDelay, longestDelay, limit);
    }

    /** The wait after a failed attempt, counted from 1. */
    Duration delayAfter(int attempt, RandomGenerator random) {
        long doubled = firstDelay.toMillis() << Math.min(attempt - 1, 20);
        long capped = Math.min(doubled, longestDelay.toMillis());
        return Duration.ofMillis(Math.round(capped * (0.75 + random.nextDouble() / 2)));
    }
}
