package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIndexTest {

    private static IndexEntry entry(String type, String content, String os, String version, String rest)
            throws Exception {
        String[] parts = rest.split("/");
        ObjectNode platform = Json.MAPPER.createObjectNode().put("os", os).put("architecture", parts[0]);
        if (parts.length > 1) {
            platform.put("variant", parts[1]);
        }
        if (version != null) {
            platform.put("os.version", version);
        }
        JsonNode descriptor = Json.MAPPER
                .createObjectNode()
                .put("mediaType", type)
                .put(
                        "digest",
                        ContentHash.of(content.getBytes(StandardCharsets.UTF_8)).toString())
                .put("size", 3);
        return IndexEntry.of(descriptor, platform, ImageReference.parse("r.example/app:" + content), null);
    }

    private static IndexEntry linux(String content, String architecture) throws Exception {
        return entry(MediaTypes.DOCKER_MANIFEST, content, "linux", null, architecture);
    }

    @Test
    void isOfTheOcisTypeUnlessAllIsDockers() throws Exception {
        IndexEntry docker = linux("a", "amd64");
        IndexEntry oci = entry(MediaTypes.OCI_MANIFEST, "b", "linux", null, "arm64");

        assertThat(ImageIndex.of(List.of(docker), Map.of()).mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(ImageIndex.of(List.of(docker, oci), Map.of()).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(ImageIndex.of(List.of(docker), Map.of("k", "v")).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    }

    @Test
    void imagesComeBeforeWhatTellsOfThem() throws Exception {
        JsonNode attestation = Json.MAPPER.readTree("{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"digest\":\"" + ContentHash.of(new byte[1]) + "\",\"size\":1,\"data\":\"AAAA\",\"annotations\":"
                + "{\"vnd.docker.reference.type\":\"attestation-manifest\"},"
                + "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}}");
        IndexEntry first =
                IndexEntry.of(attestation, attestation.path("platform"), ImageReference.parse("r.example/app:a"), null);

        ImageIndex index = ImageIndex.of(List.of(first, linux("a", "amd64")), Map.of());

        JsonNode manifests = new ObjectMapper().readTree(index.bytes()).path("manifests");
        assertThat(manifests.get(0).path("platform").path("os").asText()).isEqualTo("linux");
        assertThat(manifests.get(1).path("platform").path("os").asText()).isEqualTo("unknown");
        assertThat(manifests.get(1).has("data")).isFalse();
        assertThat(index.platforms()).containsOnlyKeys("linux/amd64");
    }

    @ParameterizedTest
    @CsvSource({"arm64, arm64/v8", "arm, arm/v7", "amd64/v1, amd64", "s390x, s390x"})
    void oneAndTheSamePlatformIsKnownByAllItsNames(String one, String other) throws Exception {
        List<IndexEntry> both = List.of(linux("a", one), linux("b", other));

        assertThatThrownBy(() -> ImageIndex.of(both, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("r.example/app:a")
                .hasMessageContaining("r.example/app:b");
    }

    @Test
    void variantsAndVersionsOfWindowsAreDifferentPlatforms() throws Exception {
        ImageIndex index = ImageIndex.of(
                List.of(
                        linux("a", "arm/v6"),
                        linux("b", "arm/v7"),
                        entry(MediaTypes.DOCKER_MANIFEST, "c", "windows", "10.0.17763.1", "amd64"),
                        entry(MediaTypes.DOCKER_MANIFEST, "d", "windows", "10.0.20348.1", "amd64")),
                Map.of());

        assertThat(index.platforms().keySet())
                .containsExactly(
                        "linux/arm/v6", "linux/arm/v7", "windows(10.0.17763.1)/amd64", "windows(10.0.20348.1)/amd64");
    }

    @Test
    void annotationsAreForTheIndex() throws Exception {
        assertThat(IndexAnnotations.parse(List.of("a.b=1=2", "index:c.d=3")))
                .isEqualTo(Map.of("a.b", "1=2", "c.d", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest:a=b", "manifest-descriptor:a=b", "nowhere:a=b", "nothing"})
    void otherAnnotationsAreRefused(String text) {
        assertThatThrownBy(() -> IndexAnnotations.parse(List.of(text)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(text);
    }
}
