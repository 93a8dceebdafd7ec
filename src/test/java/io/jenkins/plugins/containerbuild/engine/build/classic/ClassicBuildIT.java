package io.jenkins.plugins.containerbuild.engine.build.classic;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildBehaviours;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.Ulimit;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The classic builder of the installed Engine. */
@WithEngine
class ClassicBuildIT extends BuildBehaviours {

    @Override
    protected EngineUnderTest open(TestEngine daemon, Registries registries, CredentialsSource credentials)
            throws Exception {
        return EngineUnderTest.withClassicBuilder(daemon, registries, credentials);
    }

    private BuildResult build(TestEngine daemon, BuildRequest request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withClassicBuilder(daemon)) {
            return under.engine().build(request);
        }
    }

    @Test
    void takesCachedLayersOnlyFromTheImagesNamed(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo " + UUID.randomUUID());
        List<ImageReference> tags = List.of(ImageReference.parse("cache-source:1"));
        build(daemon, request(folder).tags(tags).build());

        BuildResult named = build(
                daemon,
                request(folder)
                        .cacheFrom(List.of(CacheOption.registry("cache-source:1")))
                        .build());
        BuildResult other = build(
                daemon,
                request(folder)
                        .cacheFrom(List.of(CacheOption.registry("base:1")))
                        .build());

        assertThat(named.steps()).extracting(BuildStep::cached).containsExactly(false, true);
        assertThat(other.steps()).extracting(BuildStep::cached).containsExactly(false, false);
    }

    @Test
    void setsShmSizeAndLimits(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN ulimit -n; df /dev/shm; cat /proc/self/cgroup");

        try (EngineUnderTest under = EngineUnderTest.withClassicBuilder(daemon)) {
            under.engine()
                    .build(request(folder)
                            .shmSize(33_554_432L)
                            .ulimits(List.of(new Ulimit("nofile", 123, 456)))
                            .cgroupParent("/of-this-test")
                            .noCache(true)
                            .build());

            assertThat(under.log())
                    .contains("\n123\n")
                    .containsPattern("(?m)^shm +32768 ")
                    .contains("/of-this-test/");
        }
    }

    @Test
    void saysWhichOptionNeedsBuildKit(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1");
        BuildRequest request = request(folder)
                .noCacheFilters(List.of("stage"))
                .cacheTo(List.of(CacheOption.parse("cacheTo", "type=inline")))
                .build();

        assertThatThrownBy(() -> build(daemon, request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("noCacheFilters, cacheTo")
                .hasMessageContaining("Leave DOCKER_BUILDKIT=0 out");
    }

    @Test
    @WithEngine(EngineKind.PODMAN_5)
    void doesTheWorkInSightWhereThereIsNoBuildKit(TestEngine podman) throws Exception {
        dockerfile(folder, "FROM base:1");

        try (EngineUnderTest under = EngineUnderTest.on(podman)) {
            under.engine().build(request(folder).build());

            assertThat(under.events(EngineEvent.Note.class))
                    .singleElement()
                    .satisfies(note -> assertThat(note.text())
                            .startsWith("The Podman Engine has no BuildKit (")
                            .endsWith("); building with its classic builder"));
            assertThatThrownBy(() -> under.engine()
                            .build(request(folder)
                                    .noCacheFilters(List.of("stage"))
                                    .build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("noCacheFilters")
                    .hasMessageContaining("Podman Engine at " + podman.uri() + " has no BuildKit");
        }
    }
}
