package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1));

    /** A generator that always gives the same fraction. */
    private static Random fixed(double fraction) {
        return new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public double nextDouble() {
                return fraction;
            }
        };
    }

    @Test
    void doublesFromAttemptToAttemptUpToTheLongestDelay() {
        Random middle = fixed(0.5);

        assertThat(POLICY.delayAfter(1, middle)).isEqualTo(Duration.ofSeconds(1));
        assertThat(POLICY.delayAfter(2, middle)).isEqualTo(Duration.ofSeconds(2));
        assertThat(POLICY.delayAfter(4, middle)).isEqualTo(Duration.ofSeconds(8));
        assertThat(POLICY.delayAfter(5, middle)).isEqualTo(Duration.ofSeconds(10));
        assertThat(POLICY.delayAfter(500, middle)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void spreadsByAQuarterToEitherSide() {
        assertThat(POLICY.delayAfter(1, fixed(0))).isEqualTo(Duration.ofMillis(750));
        assertThat(POLICY.delayAfter(1, fixed(0.999))).isBetween(Duration.ofMillis(1240), Duration.ofMillis(1250));
    }
}
