package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Engine makes of images that were joined; on several of them. */
abstract class MergedImages {

    @TempDir
    private Path folder;

    @Test
    void anEngineChoosesTheImageForItsPlatform(TestEngine daemon, @WithRegistry TestRegistry registry)
            throws Exception {
        String repository = "merged/" + UUID.randomUUID();
        String name = registry.address() + "/" + repository;
        PushedReference amd64 = ScratchImages.push(daemon, folder, name + ":built-on-amd64", "linux/amd64");
        PushedReference arm64 = ScratchImages.push(daemon, folder, name + ":built-on-arm64", "linux/arm64");
        ImageReference merged = ImageReference.parse(name + ":1");

        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            MergeResult result = under.client()
                    .merge(new MergeRequest(List.of(amd64.pinned(), arm64.reference()), List.of(merged), Map.of()));

            assertThat(registry.manifestDigest(repository, "1"))
                    .hasValue(result.digest().toString());
            assertThat(result.pushed()).containsExactly(new PushedReference(merged, result.digest()));
            assertThat(result.platforms())
                    .containsExactly(
                            Map.entry("linux/amd64", amd64.digest()), Map.entry("linux/arm64", arm64.digest()));
            assertThat(under.events(EngineEvent.Pushed.class)).hasSize(1);
            JsonNode index = new ObjectMapper()
                    .readTree(registry.manifest(repository, result.digest().toString())
                            .orElseThrow());
            // As buildx: Docker's own kind of index for images that are all of Docker's kind.
            assertThat(index.path("mediaType").asText()).isEqualTo(MediaTypes.DOCKER_LIST);
        }
        // As an agent that has nothing yet.
        for (PushedReference built : List.of(amd64, arm64)) {
            if (daemon.hasImage(built.reference().familiar())) {
                daemon.removeImage(built.reference().familiar());
            }
        }
        assertThat(pulled(daemon, merged, null)).isEqualTo("linux/amd64");
        assertThat(pulled(daemon, merged, "linux/arm64")).isEqualTo("linux/arm64");
    }

    private static String pulled(TestEngine daemon, ImageReference name, String platform) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine().pull(new PullRequest(name, platform == null ? null : Platform.parse(platform)));
            ImageDetails image = under.engine().inspect(ImageSelector.ofName(name));
            assertThat(image.labels()).containsEntry("for", image.os() + "/" + image.architecture());
            return image.labels().get("for");
        }
    }
}
