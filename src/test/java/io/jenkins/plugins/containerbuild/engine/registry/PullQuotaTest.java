package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullQuotaTest {

    @Test
    void readsWhatDockerHubTells() {
        assertThat(PullQuota.of("100;w=21600", "76;w=21600")).hasValue(new PullQuota(100, 76, Duration.ofHours(6)));
        assertThat(PullQuota.of("200", " 3 ")).hasValue(new PullQuota(200, 3, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "100;w=21600, ''", "many, few", "-1, 2", "99999999999, 1"})
    void whatMakesNoSenseTellsNothing(String limit, String remaining) {
        assertThat(PullQuota.of(limit, remaining)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 20, false", "100, 19, true", "100, 0, true", "0, 0, false"})
    void lessThanAFifthIsLow(int limit, int remaining, boolean low) {
        assertThat(new PullQuota(limit, remaining, Duration.ZERO).isLow()).isEqualTo(low);
    }

    @Test
    void hasWords() {
        assertThat(new PullQuota(100, 12, Duration.ofHours(6)).words())
                .isEqualTo("12 of 100 pulls within 6 hours are left");
        assertThat(new PullQuota(10, 1, Duration.ofSeconds(90)).words())
                .isEqualTo("1 of 10 pulls within 90 seconds are left");
        assertThat(new PullQuota(10, 1, Duration.ZERO).words()).isEqualTo("1 of 10 pulls are left");
    }
}
