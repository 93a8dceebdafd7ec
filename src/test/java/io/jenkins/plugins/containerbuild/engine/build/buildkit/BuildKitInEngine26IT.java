package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** BuildKit as it is in Engine 26.1. */
@WithEngine(EngineKind.ENGINE_26)
class BuildKitInEngine26IT extends BuildKitBuilds {

    @Test
    void runsAHeredoc(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN <<EOF", "echo one " + UUID.randomUUID(), "echo two", "EOF");

        assertThat(output(daemon, request(folder).build())).contains("one").contains("two");
    }

    @Test
    void knowsTheHostsAddress(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN cat /etc/hosts; echo " + UUID.randomUUID());

        String output = output(
                daemon, request(folder).addHosts(List.of("gate:host-gateway")).build());

        // The test kit's bridges are all in this network.
        assertThat(output).containsPattern("198\\.18\\.\\d+\\.1\\tgate");
    }

    @Test
    void setsShmSizeAndLimits(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN ulimit -n; df /dev/shm; echo " + UUID.randomUUID());

        String output = output(
                daemon,
                request(folder)
                        .shmSize(33_554_432L)
                        .ulimits(List.of(new Ulimit("nofile", 123, 456)))
                        .build());

        assertThat(output).contains("123\n").containsPattern("(?m)^\\S+ +32768 .*/dev/shm");
    }

    @Test
    void outlinesADockerfile(TestEngine daemon) throws Exception {
        dockerfile(
                folder,
                "FROM base:1 AS app",
                "# VERSION is what is released",
                "ARG VERSION=1",
                "RUN --mount=type=secret,id=token true",
                "RUN false");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result = under.engine()
                    .build(request(folder)
                            .call(Call.OUTLINE)
                            .buildArgs(Map.of("VERSION", "hunter2"))
                            .tags(List.of(ImageReference.parse("never:1")))
                            .push(true)
                            .build());

            assertThat(result.imageId()).isNull();
            assertThat(result.tags()).isEmpty();
            assertThat(result.answer().text()).contains("VERSION", "token");
            assertThat(new ObjectMapper()
                            .readTree(result.answer().json())
                            .at("/args/0/name")
                            .asText())
                    .isEqualTo("VERSION");
            assertThat(result.answer().json()).doesNotContain("sources");
            assertThat(under.log() + result.answer()).contains("$VERSION").doesNotContain("hunter2");
        }
    }

    @Test
    void listsTheTargetsOfADockerfile(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1 AS first", "FROM base:1 AS second", "RUN false");

        BuildResult result = build(daemon, request(folder).call(Call.TARGETS).build());

        assertThat(result.answer().text()).contains("first", "second (default)");
    }

    @Test
    void saysThatItIsTooOldToCheck(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> build(daemon, request(folder).call(Call.CHECK).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not call 'check'")
                .hasMessageContaining("26.1")
                .hasMessageContaining("Docker Engine 27");
    }

    @Test
    void pointsAtTheDockerfilesLine(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "# a comment", "RUN exit 3");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(3);
                    assertThat(failure.excerpt().from()).isEqualTo(3);
                })
                .hasMessageContaining("exit code: 3")
                .hasMessageContaining(
                        "\nDockerfile:3\n  1 |     FROM base:1\n  2 |     # a comment\n  3 | >>> RUN exit 3\n");
    }
}
