package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
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
    void pointsAtTheDockerfilesLine(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "# a comment", "RUN exit 3");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(3);
                    assertThat(failure.excerpt().from()).isEqualTo(3);
                })
                .hasMessageContaining("exit code: 3")
                .hasMessageContaining("\nDockerfile:3\n  1 |     FROM base:1\n  2 |     # a comment\n  3 | >>> RUN exit 3\n");
    }
}
