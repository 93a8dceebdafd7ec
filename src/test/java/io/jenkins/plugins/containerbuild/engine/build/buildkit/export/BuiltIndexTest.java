package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.ImageHome;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltIndexTest {

    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    @Test
    void attestationsAreNoPlatforms() throws Exception {
        String index = """
                {"manifests": [
                  {"digest": "%1$s", "platform": {"os": "linux", "architecture": "amd64"}},
                  {"digest": "%2$s", "platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
                  {"digest": "%1$s", "platform": {"os": "unknown", "architecture": "unknown"},
                   "annotations": {"vnd.docker.reference.type": "attestation-manifest"}}]}
                """.formatted(ONE, TWO);

        assertThat(BuiltIndex.platforms(new ObjectMapper().readTree(index)))
                .isEqualTo(Map.of("linux/amd64", Digest.parse(ONE), "linux/arm/v7", Digest.parse(TWO)));
    }

    @Test
    void whatAnEngineCallsADigestMayBeAnId() {
        Map<String, String> old = Map.of("containerimage.digest", ONE);
        Map<String, String> today = Map.of(
                "containerimage.digest",
                ONE,
                "containerimage.config.digest",
                TWO,
                "containerimage.descriptor",
                Base64.getEncoder()
                        .encodeToString("{\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}"
                                .getBytes(StandardCharsets.UTF_8)));

        ExportAnswer classic = new ExportAnswer(old, ImageHome.CLASSIC);
        assertThat(classic.digest()).isNull();
        assertThat(classic.configuration()).hasToString(ONE);
        ExportAnswer containerd = new ExportAnswer(today, ImageHome.CONTAINERD);
        assertThat(containerd.digest()).hasToString(ONE);
        assertThat(containerd.configuration()).hasToString(TWO);
        assertThat(containerd.isIndex()).isTrue();
        assertThat(classic.isIndex()).isFalse();
    }
}
