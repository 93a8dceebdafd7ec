package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from Engines with Docker's classic store. */
class ClassicStoreOutputsIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() throws Exception {
        dockerfile(folder, "FROM base:1", "LABEL unique=" + UUID.randomUUID());
    }

    private BuildRequest.Builder request(String... outputs) throws Exception {
        BuildRequest.Builder request = BuildRequest.of(folder.toString()).root(folder.toString());
        for (String output : outputs) {
            request.outputs(List.of(BuildOutput.parse(output)));
        }
        return request;
    }

    @Test
    @WithEngine
    void theEnginePushesAndKeepsTheImage(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        ImageReference tag = ImageReference.parse(registry.address() + "/classic/app:1");
        ImageReference named = ImageReference.parse(registry.address() + "/classic/app:named");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result = under.engine()
                    .build(request("type=registry,name=" + named)
                            .tags(List.of(tag))
                            .push(true)
                            .load(false)
                            .build());

            assertThat(daemon.imageId(tag.familiar())).hasValue(result.imageId().toString());
            assertThat(result.digest()).isNotEqualTo(result.imageId());
            for (String each : List.of("1", "named")) {
                assertThat(registry.manifestDigest("classic/app", each))
                        .hasValue(result.digest().toString());
            }
            assertThat(result.pushed()).extracting(pushed -> pushed.reference()).containsExactly(tag, named);
            assertThat(under.events(EngineEvent.Note.class))
                    .extracting(EngineEvent.Note::text)
                    .anyMatch(note -> note.contains("in spite of load=false"));
        }
    }

    @Test
    @WithEngine
    void anImageIdIsNotSoldAsADigest(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result =
                    under.engine().build(request("type=image,name=notsold:1").build());

            assertThat(result.digest()).isNull();
            assertThat(daemon.imageId("notsold:1")).hasValue(result.imageId().toString());
        }
    }

    @Test
    @WithEngine(EngineKind.ENGINE_26)
    void anEngineOfTodayMakesFilesAndImageAtOnce(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            BuildResult result = under.engine()
                    .build(request("type=tar,dest=out.tar", "out")
                            .tags(List.of(ImageReference.parse("atonce:1")))
                            .load(true)
                            .build());

            assertThat(result.outputs())
                    .hasSize(2)
                    .allMatch(path -> Path.of(path).toFile().exists());
            assertThat(result.digest()).isNull();
            assertThat(daemon.imageId("atonce:1")).hasValue(result.imageId().toString());
        }
    }

    @Test
    @WithEngine
    void refusesWhatItCannotDoAndSaysWhatCan(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN false");
        List<Platform> two = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
        Map<String, BuildRequest.Builder> wrong = Map.of(
                "platforms", request().platforms(two),
                "annotations", request().annotations(List.of(Annotation.parse("a=b"))),
                "provenance", request().attests(Map.of("provenance", "mode=max")),
                "type=oci", request("type=oci,dest=image.tar"),
                "type=docker", request("type=docker,dest=image.tar"),
                "push-by-digest", request("type=image,name=a/b,push=true,push-by-digest=true"),
                "compression", request("type=image,compression=zstd"));
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            wrong.forEach(
                    (option, request) -> assertThatThrownBy(() -> under.engine().build(request.build()))
                            .as(option)
                            .isInstanceOf(InvalidRequestException.class)
                            .hasMessageContaining(option)
                            .hasMessageContaining("containerd image store"));
            assertThatThrownBy(
                            () -> under.engine().build(request("out").load(true).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("2 results at once (local, moby)")
                    .hasMessageContaining("0.13");
            assertThat(under.events(EngineEvent.StepStarted.class)).isEmpty();
        }
    }
}
