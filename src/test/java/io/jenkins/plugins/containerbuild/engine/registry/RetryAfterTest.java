package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.read(" 120 ", NOW)).hasValue(Duration.ofMinutes(2));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.read("Sun, 29 Nov 2026 08:01:30 GMT", NOW)).hasValue(Duration.ofSeconds(90));
    }

    @Test
    void aDateOfThePastIsNow() {
        assertThat(RetryAfter.read("Sun, 29 Nov 2026 07:00:00 GMT", NOW)).hasValue(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999", "Mon, 29 Nov 2026 08:01:30 GMT"})
    void nothingElseIsAWish(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }
}
