package io.jenkins.plugins.containerbuild.engine.build;

import static io.jenkins.plugins.containerbuild.engine.BackgroundCall.await;
import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same where BuildKit pushes by itself, and images may be indexes. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class BuildPastContainerdIT extends BuildsPastDaemon {

    private void twoPlatforms() throws Exception {
        Files.writeString(folder.resolve("file-amd64"), "for amd64");
        Files.writeString(folder.resolve("file-arm64"), "for arm64" + "x".repeat(5_000_000));
        dockerfile(folder, "FROM scratch", "ARG TARGETARCH", "COPY file-$TARGETARCH /file", "LABEL a=" + repository);
    }

    @Test
    void anIndexGoesWithAllPlatformsAndAttestations(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        twoPlatforms();
        for (Boolean load : new Boolean[] {null, true}) {
            try (EngineUnderTest under = under(daemon)) {
                BuildResult result = under.engine()
                        .build(request(registry, PushVia.AGENT, "1", "2")
                                .platforms(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")))
                                .attests(Map.of("provenance", "mode=min"))
                                .load(load)
                                .build());

                assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
                assertThat(result.attestations())
                        .extracting(Attestation::platform)
                        .containsExactly("linux/amd64", "linux/arm64");
                assertThat(result.imageId()).isEqualTo(load == null ? null : result.digest());
                assertThat(registry.manifestDigest(repository, "2"))
                        .hasValue(result.digest().toString());
                JsonNode index = manifest(registry, repository, result.digest());
                assertThat(index.path("manifests")).hasSize(4);
                for (JsonNode entry : index.path("manifests")) {
                    assertThat(registry.manifest(
                                    repository, entry.path("digest").asText()))
                            .isPresent();
                }
            }
        }
    }

    @Test
    void theImageInTheDaemonHasTheSameDigest(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        dockerfile(folder, "FROM base:1", "LABEL a=" + repository);
        try (EngineUnderTest under = under(daemon)) {
            BuildResult past = under.engine()
                    .build(request(registry, PushVia.AGENT, "1").load(true).build());
            BuildResult usual = under.engine()
                    .build(request(registry, PushVia.ENGINE, "2").load(true).build());

            assertThat(past.imageId()).isEqualTo(past.digest());
            assertThat(past.digest()).isEqualTo(usual.digest());
            assertThat(daemon.imageId(past.tags().get(0).familiar()))
                    .hasValue(past.imageId().toString());
        }
    }

    @Test
    void whatBuildKitIsRefusedAndTheEntryAllowsIsNotBuiltAgain(TestEngine daemon) throws Exception {
        dockerfile(folder, "FROM base:1", "RUN echo built " + repository);
        String name = strict.address() + "/" + repository;
        try (EngineUnderTest under = under(daemon)) {
            BuildResult result = under.engine()
                    .build(BuildRequest.of(folder.toString())
                            .root(folder.toString())
                            .noCache(true)
                            .outputs(List.of(
                                    BuildOutput.parse("type=registry,name=" + name + ":1,registry.insecure=false")))
                            .build());

            assertThat(strict.manifestDigest(repository, "1"))
                    .hasValue(result.digest().toString());
            assertThat(result.pushed()).hasSize(1);
            assertThat(under.events(EngineEvent.StepOutput.class))
                    .filteredOn(output -> output.line().startsWith("built "))
                    .hasSize(1);
            assertThat(under.events(EngineEvent.Note.class))
                    .extracting(EngineEvent.Note::text)
                    .filteredOn(text -> text.contains("goes there from this machine, past the daemon"))
                    .hasSize(1);
        }
    }

    @Test
    void aRegistryThatRefusesAllEndsTheBuildWithItsReason(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        twoPlatforms();
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry);
                EngineUnderTest under = under(daemon)) {
            proxy.on("POST", "/blobs/uploads/").always().answer(403, Map.of(), "text/plain", "no");
            String name = proxy.address() + "/" + repository + ":1";

            assertThatThrownBy(() -> under.engine()
                            .build(BuildRequest.of(folder.toString())
                                    .root(folder.toString())
                                    .tags(List.of(ImageReference.parse(name)))
                                    .platforms(List.of(Platform.parse("linux/arm64")))
                                    .push(true)
                                    .via(PushVia.AGENT)
                                    .build()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push " + name)
                    .hasMessageContaining("403");
            // A thread that was told to end does so a moment later.
            await(
                    Duration.ofSeconds(5),
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("container-build ")));
        }
    }
}
