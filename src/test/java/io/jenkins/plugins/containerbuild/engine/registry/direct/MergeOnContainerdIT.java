package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.build.Attestations;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that BuildKit pushed, and what hangs on them. */
@WithEngine(EngineKind.ENGINE_26_CONTAINERD)
class MergeOnContainerdIT {

    @TempDir
    private Path workspace;

    private static JsonNode manifest(TestRegistry registry, String repository, Object reference) throws Exception {
        return new ObjectMapper()
                .readTree(registry.manifest(repository, reference.toString()).orElseThrow());
    }

    @Test
    void attestationsStayWithTheirImages(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String from = "merged/" + UUID.randomUUID();
        String to = "merged/" + UUID.randomUUID();
        List<ImageReference> sources = new ArrayList<>();
        for (String platform : List.of("amd64", "arm64")) {
            PushedReference built = ScratchImages.push(
                    daemon,
                    ScratchImages.request(
                                    workspace, registry.address() + "/" + from + ":" + platform, "linux/" + platform)
                            .attests(Attestations.read(List.of(), "mode=max", null)));
            sources.add(built.pinned());
        }
        ImageReference merged = ImageReference.parse(registry.address() + "/" + to + ":1");

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            MergeResult result = under.client().merge(new MergeRequest(sources, List.of(merged), Map.of()));

            assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
            JsonNode index = manifest(registry, to, result.digest());
            assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_INDEX);
            assertThat(index.path("manifests")).hasSize(4);
            List<String> images = new ArrayList<>();
            List<String> attested = new ArrayList<>();
            for (JsonNode entry : index.path("manifests")) {
                JsonNode of = entry.path("annotations").path("vnd.docker.reference.digest");
                (of.isMissingNode() ? images : attested)
                        .add(of.isMissingNode() ? entry.path("digest").asText() : of.asText());
                assertThat(registry.manifest(to, entry.path("digest").asText())).isPresent();
            }
            assertThat(attested).containsExactlyElementsOf(images);
        }
    }

    @Test
    void anIndexOfOneBuildAndAnImageOfAnotherOneAreJoined(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String repository = "merged/" + UUID.randomUUID();
        String name = registry.address() + "/" + repository;
        PushedReference two = ScratchImages.push(
                daemon, ScratchImages.request(workspace, name + ":two", "linux/amd64", "linux/arm64"));
        PushedReference third = ScratchImages.push(daemon, workspace, name + ":third", "linux/arm/v7");

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            MergeResult result = under.client()
                    .merge(new MergeRequest(
                            List.of(two.reference(), third.reference()),
                            List.of(ImageReference.parse(name + ":all")),
                            Map.of("org.opencontainers.image.title", "App")));

            assertThat(result.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64", "linux/arm/v7");
            JsonNode index = manifest(registry, repository, "all");
            assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_INDEX);
            assertThat(index.path("annotations")
                            .path("org.opencontainers.image.title")
                            .asText())
                    .isEqualTo("App");
        }
    }

    @Test
    void anIndexAloneKeepsItsDigest(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String from = registry.address() + "/merged/" + UUID.randomUUID();
        String to = "merged/" + UUID.randomUUID();
        PushedReference two = ScratchImages.push(
                daemon, ScratchImages.request(workspace, from + ":two", "linux/amd64", "linux/arm64"));

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            MergeResult result = under.client()
                    .merge(new MergeRequest(
                            List.of(two.pinned()),
                            List.of(ImageReference.parse(registry.address() + "/" + to + ":release")),
                            Map.of()));

            assertThat(result.digest()).isEqualTo(two.digest());
            assertThat(registry.manifestDigest(to, "release"))
                    .hasValue(two.digest().toString());
        }
    }
}
