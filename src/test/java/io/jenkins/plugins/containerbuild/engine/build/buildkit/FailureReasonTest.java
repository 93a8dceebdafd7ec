package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Engines 20.10 and 26.1 really say, and what people get to read. */
class FailureReasonTest {

    private static final String OLD =
            "rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: ";

    static Stream<Arguments> messages() {
        String base = "[internal] load metadata for reg.example/none:1";
        String frontend = "resolve image config for docker.io/docker/dockerfile:1";
        return Stream.of(
                Arguments.of(
                        "executor failed running [/bin/sh -c echo hi; exit 3]: exit code: 3",
                        "[2/2] RUN echo hi; exit 3",
                        "the command failed with exit code: 3: /bin/sh -c echo hi; exit 3"),
                Arguments.of(
                        "process \"/bin/sh -c echo \"hi\"; exit 3\" did not complete successfully: exit code: 3",
                        "[2/2] RUN echo hi; exit 3",
                        "the command failed with exit code: 3: /bin/sh -c echo \"hi\"; exit 3"),
                Arguments.of(
                        OLD + "reg.example/none:1: not found",
                        base,
                        "could not get the base image reg.example/none:1: its registry has no reg.example/none:1 (not found)"),
                Arguments.of(
                        "reg.example/none:1: failed to resolve source metadata for reg.example/none:1:"
                                + " reg.example/none:1: not found",
                        base,
                        "could not get the base image reg.example/none:1: its registry has no reg.example/none:1 (not found)"),
                Arguments.of(
                        OLD + "failed to do request: Head \"https://reg.example/v2/none/manifests/1\": dial tcp"
                                + " 10.0.0.1:443: connect: connection refused",
                        base,
                        "could not get the base image reg.example/none:1: its registry cannot be reached: dial tcp"
                                + " 10.0.0.1:443: connect: connection refused"),
                Arguments.of(
                        "rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to solve with"
                                + " frontend gateway.v0: docker.io/docker/dockerfile:1: not found",
                        frontend,
                        "could not get the frontend docker.io/docker/dockerfile:1, which the Dockerfile's line '# syntax='"
                                + " names: its registry has no docker.io/docker/dockerfile:1 (not found)"),
                Arguments.of(
                        OLD + "dockerfile parse error line 2: unknown instruction: RUNN",
                        null,
                        "the Dockerfile cannot be read at line 2: unknown instruction: RUNN"),
                Arguments.of(
                        "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
                        null,
                        "the Dockerfile cannot be read at line 2: unknown instruction: RUNN (did you mean RUN?)"),
                Arguments.of(
                        "lstat /mnt/data/overlay2/a93cb1/merged/no/file: no such file or directory",
                        "[stage-1 2/2] COPY --from=one /no/file /x",
                        "there is no /no/file to copy"),
                Arguments.of(
                        "lstat /mnt/data/tmp/buildkit-mount3265374305/nofile: no such file or directory",
                        "[stage-1 2/2] COPY --from=one /nofile /x",
                        "there is no /nofile to copy"),
                Arguments.of(
                        "failed to load cache key: Get \"http://127.0.0.1:9/x\": dial tcp 127.0.0.1:9: connection refused",
                        "[2/2] ADD http://127.0.0.1:9/x /x",
                        "Get \"http://127.0.0.1:9/x\": dial tcp 127.0.0.1:9: connection refused"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void saysWhatIsMeant(String said, String step, String why) {
        assertThat(FailureReason.of(said, step).why()).isEqualTo(why);
    }

    @Test
    void findsTheExitCode() {
        assertThat(FailureReason.of("executor failed running [/bin/sh -c exit 3]: exit code: 3", null)
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void findsTheFileThatIsMissing() {
        assertThat(FailureReason.of("failed to compute cache key: \"/a b.txt\" not found: not found", null)
                        .missingFile())
                .isEqualTo("/a b.txt");
        assertThat(FailureReason.of(
                                "failed to compute cache key: failed to calculate checksum of ref 9c29::jdew: \"/a\":"
                                        + " not found",
                                null)
                        .missingFile())
                .isEqualTo("/a");
    }
}
