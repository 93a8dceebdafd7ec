package io.jenkins.plugins.containerbuild.engine.build.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicAdviceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dockerfile parse error line 3: unknown instruction: ECHO | heredoc
            dockerfile parse error line 2: Unknown flag: link | --link needs BuildKit
            invalid reference format | Correct the Dockerfile or the option
            """)
    void saysWhatHelpsWhenTheDaemonRefuses(String words, String advice) {
        assertThat(ClassicAdvice.onRefusal(words)).contains(advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the --mount option requires BuildKit. Refer to the documentation | RUN --mount needs BuildKit
            write /var/lib/docker/tmp/x: no space left on device | The daemon's disk is full
            pull access denied for team/app, repository does not exist or may require 'docker login' | configure credentials
            Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host | name resolution
            Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused | could not be reached
            manifest for r.example/app:1 not found: manifest unknown | name and tag
            Get "https://r.example/v2/": http: server gave HTTP response to HTTPS client | insecure-registries
            """)
    void saysWhatHelpsWhenTheBuildFails(String words, String advice) {
        assertThat(ClassicAdvice.onFailure(words, List.of())).contains(advice);
    }

    @Test
    void readsAFullDiskFromTheOutput() {
        assertThat(ClassicAdvice.onFailure(
                        "The command '/bin/sh -c dd' returned a non-zero code: 1",
                        List.of("dd: error writing '/large': No space left on device")))
                .contains("disk is full");
    }

    @Test
    void doesNotTakeAFailedCommandsWordsForTheRegistrys() {
        assertThat(ClassicAdvice.onFailure(
                        "The command '/bin/sh -c echo access denied' returned a non-zero code: 1", List.of()))
                .isEmpty();
    }
}
