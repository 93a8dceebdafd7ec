package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;

/**
 * The policy of each phase of a transfer, and what a single request may take. In docs/registry-steps.md is a table of the
 * usual ones.
 *
 * @param login a token of the registry's token service
 * @param blob one request for a blob: whether it is there, its place, its content
 * @param manifest one manifest, list of tags or configuration, read or written
 * @param pull one pull by the daemon
 * @param push one push by the daemon or by BuildKit
 * @param request how long a single request may go without a byte being moved; the connection is cut then
 */
public record RetryPolicies(
        RetryPolicy login,
        RetryPolicy blob,
        RetryPolicy manifest,
        RetryPolicy pull,
        RetryPolicy push,
        Duration request) {

    /** The usual ones. */
    public static final RetryPolicies DEFAULT = new RetryPolicies(
            RetryPolicy.within(Duration.ofMinutes(10)),
            RetryPolicy.within(Duration.ofMinutes(30)),
            RetryPolicy.within(Duration.ofMinutes(20)),
            RetryPolicy.within(Duration.ofHours(1)),
            RetryPolicy.within(Duration.ofHours(1)),
            Duration.ofMinutes(5));

    /** For questions that nobody depends on. */
    public static final RetryPolicies QUICK = all(
            new RetryPolicy(2, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(3)),
            Duration.ofSeconds(10));

    /** One and the same policy for each phase. */
    public static RetryPolicies all(RetryPolicy policy, Duration request) {
        return new RetryPolicies(policy, policy, policy, policy, policy, request);
    }
}
