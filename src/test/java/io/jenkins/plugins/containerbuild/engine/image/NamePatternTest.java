package io.jenkins.plugins.containerbuild.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "*, '', true",
        "latest, latest, true",
        "latest, latest-1, false",
        "release-*, release-, true",
        "release-*, prerelease-1, false",
        "*-rc?, 1.0-rc1, true",
        "*-rc?, 1.0-rc, false",
        "*-rc?, 1.0-rc12, false",
        "1.*.0, 1.2.3.0, true",
        "1.*.0, 1x2x0, false",
        "*a*b*, xaxxbx, true",
        "*a*b*, xbxxax, false",
        "**, x, true",
        "a.c, abc, false"
    })
    void starsStandForAnyText(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "*:latest, app, true",
        "app:*, app:1, true",
        "docker.io/library/app:1, app:1, true",
        "registry.example/team/*, registry.example/team/deep/app:1, true",
        "registry.example/team/*, registry.example/other/app:1, false"
    })
    void namesFitInTheirFullAndTheirShortForm(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).matches(ImageReference.parse(name).withDefaultTag()))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb"})
    void whatNoNameHasIsNoPattern(String text) {
        assertThatThrownBy(() -> new NamePattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for example *:latest");
    }

    @Test
    @Timeout(5)
    void noPatternTakesForEver() {
        assertThat(new NamePattern("*a".repeat(200) + "b").matches("a".repeat(10_000)))
                .isFalse();
    }
}
