package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BuildKit as it is in the installed Engine: 0.8 in that of Debian 12. */
@WithEngine
class BuildKitBuildIT extends BuildKitBuilds {

    @Test
    void saysWhatTheInstalledEngineIsTooOldFor(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(() -> build(daemon, request(folder).shmSize(1L << 20).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("shmSize")
                .hasMessageContaining("23.0");
        assertThatThrownBy(() -> build(
                        daemon,
                        request(folder)
                                .ulimits(List.of(new Ulimit("nofile", 10, 20)))
                                .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ulimits");
    }

    @Test
    void saysThatItIsTooOldToOutline(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        assertThatThrownBy(
                        () -> build(daemon, request(folder).call(Call.OUTLINE).build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not call 'outline'")
                .hasMessageContaining("Docker Engine 23");
    }

    @Test
    void saysWhatAHeredocNeeds(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN <<EOF", "echo one", "EOF");

        assertThatThrownBy(() -> build(daemon, request(folder).build()))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("# syntax=docker/dockerfile:1");
    }

    @Test
    @WithEngine(EngineKind.PODMAN_5)
    void saysThatPodmanHasNoBuildKit(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");

        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            assertThatThrownBy(() -> under.engine().build(request(folder).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("DOCKER_BUILDKIT")
                    .hasMessageContaining("Podman Engine");
        }
    }
}
