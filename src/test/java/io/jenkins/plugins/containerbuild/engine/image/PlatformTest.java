package io.jenkins.plugins.containerbuild.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/x86_64, linux/amd64",
        "linux/aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64/v8",
        "linux/arm64/8, linux/arm64/v8",
        "linux/arm/v7, linux/arm/v7",
        "linux/armhf, linux/arm/v7",
        "Linux/AMD64, linux/amd64",
        "linux, linux",
        "windows/amd64, windows/amd64",
    })
    void readsAndNormalizes(String text, String normal) {
        assertThat(Platform.parse(text)).hasToString(normal).isEqualTo(Platform.parse(normal));
    }

    @Test
    void namesItsParts() {
        assertThat(Platform.parse("linux/arm64/v8")).isEqualTo(new Platform("linux", "arm64", "v8"));
        assertThat(Platform.parse("linux/amd64").variant()).isNull();
        assertThat(Platform.parse("linux").architecture()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arm64         | write linux/arm64",
                "x86_64        | write linux/amd64",
                "toaster       | this is no operating system that images exist for",
                "''            | a part of it is empty",
                "linux/        | a part of it is empty",
                "linux//v8     | a part of it is empty",
                "linux/a/b/c   | it has more than three parts",
                "linux/amd 64  | contains a blank",
                "-linux/amd64  | starts with '-'",
                "linux/amd64&x | contains '&'",
            })
    void refusesWithAdvice(String text, String reason) {
        assertThatThrownBy(() -> Platform.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid platform \"" + text + "\": ")
                .hasMessageContaining(reason)
                .hasMessageContaining("for example linux/amd64 or linux/arm64/v8");
    }

    @Test
    void doesNotFloodTheLog() {
        assertThatThrownBy(() -> Platform.parse("linux/" + "a".repeat(10_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
