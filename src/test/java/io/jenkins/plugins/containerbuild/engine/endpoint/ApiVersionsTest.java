package io.jenkins.plugins.containerbuild.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiVersionsTest {

    @Test
    void anOlderDaemonDecides() {
        assertThat(ApiVersions.agree("1.40", "1.12").getVersion()).isEqualTo("1.40");
    }

    @Test
    void aNewerDaemonGetsWhatDockerJavaKnows() {
        String agreed = ApiVersions.agree("1.999", "1.24").getVersion();

        assertThat(agreed).matches("1\\.\\d+").isNotEqualTo("1.999");
        assertThat(Integer.parseInt(agreed.substring(2))).isBetween(44, 200);
    }

    @Test
    void aDaemonThatDroppedAllKnownVersionsGetsItsOldest() {
        assertThat(ApiVersions.agree("1.999", "1.998").getVersion()).isEqualTo("1.998");
    }
}
