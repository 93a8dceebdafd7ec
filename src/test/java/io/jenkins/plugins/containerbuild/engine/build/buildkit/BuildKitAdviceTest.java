package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildKitAdviceTest {

    @Test
    void unwrapsWhatTheDaemonSays() {
        assertThat(BuildKitAdvice.plain("failed to solve with frontend dockerfile.v0: failed to build LLB: executor"
                        + " failed running [/bin/sh -c exit 7]: exit code: 7"))
                .isEqualTo("executor failed running [/bin/sh -c exit 7]: exit code: 7");
        assertThat(BuildKitAdvice.plain("rpc error: code = Unknown desc = failed to solve: process failed"))
                .isEqualTo("process failed");
    }

    @Test
    void knowsWhatAnOldFrontendNeeds() {
        assertThat(BuildKitAdvice.onFailure("unknown instruction: ECHO", List.of()))
                .contains("# syntax=docker/dockerfile:1");
        assertThat(BuildKitAdvice.onFailure("Unknown flag: link", List.of())).contains("# syntax=docker/dockerfile:1");
    }

    @Test
    void seesAFullDiskInTheStepsOwnWords() {
        assertThat(BuildKitAdvice.onFailure("exit code: 1", List.of("cp: No space left on device")))
                .contains("disk is full");
    }

    @Test
    void saysNothingAboutACommandThatFailed() {
        assertThat(BuildKitAdvice.onFailure("process did not complete: exit code: 1", List.of("unauthorized")))
                .isEmpty();
    }
}
