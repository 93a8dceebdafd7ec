package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.4, 0.0.4, true",
        "v1.2.3, 1.2.3, true",
        "10.20.30, 10.20.30, true",
        "1.1.2-prerelease+meta, 1.1.2-prerelease, false",
        "1.1.2+meta, 1.1.2, true",
        "1.1.2+001, 1.1.2, true",
        "1.0.0-alpha, 1.0.0-alpha, false",
        "1.0.0-alpha.beta.1, 1.0.0-alpha.beta.1, false",
        "1.0.0-alpha.0valid, 1.0.0-alpha.0valid, false",
        "1.0.0-0A.is.legal, 1.0.0-0A.is.legal, false",
        "1.0.0-rc.1+build.1, 1.0.0-rc.1, false",
        "1.2.3----RC-SNAPSHOT.12.9.1--.12+788, 1.2.3----RC-SNAPSHOT.12.9.1--.12, false",
        "1.0.0--, 1.0.0--, false",
        "9007199254740991.0.0, 9007199254740991.0.0, true"
    })
    void isRead(String text, String version, boolean release) {
        assertThat(SemanticVersion.parse(text)).hasValueSatisfying(read -> {
            assertThat(read.version()).isEqualTo(version);
            assertThat(read.raw()).isEqualTo(text);
            assertThat(read.release()).isEqualTo(release);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "1.0.0-",
                "1.0.0-alpha..1",
                "1.0.0-alpha_beta",
                "alpha",
                "-1.0.3",
                "+invalid",
                "=1.2.3",
                "vv1.2.3",
                "V1.2.3",
                "1.2.3+a+b",
                "9007199254740992.0.0",
                "99999999999999999999.0.0"
            })
    void isNone(String text) {
        assertThat(SemanticVersion.parse(text)).isEmpty();
    }

    @Test
    void isNoneWhenItIsEndless() {
        assertThat(SemanticVersion.parse("1.2.3-" + "a".repeat(300))).isEmpty();
    }
}
