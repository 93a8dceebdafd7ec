package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking at what no registry of good will has. */
@Timeout(60)
class HostileInspectTest {

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final FakeContent content = new FakeContent();

    private RemoteImage inspect(String manifest) throws Exception {
        content.has("app", "1", manifest);
        try (FakeRegistry registry = FakeRegistry.plain(content::serve);
                RegistryClientUnderTest under = RegistryClientUnderTest.with(
                        Registries.of(List.of(registry.plainEntry())), CredentialsSource.ANONYMOUS)) {
            return under.client().inspect(new InspectRequest(ImageReference.parse(registry.host() + "/app:1"), null));
        }
    }

    private static String manifest(String config, String layers) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + FakeContent.descriptor(CONFIG, config) + ",\"layers\":[" + layers + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "{\"schemaVersion\":1}|Docker's old format (schema 1)",
                "{\"mediaType\":\"application/vnd.example.odd\"}|of the type application/vnd.example.odd",
                "<html>|no JSON that can be read"
            })
    void whatIsNoImageIsExplained(String document, String words) {
        assertThatThrownBy(() -> inspect(document))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not read the image")
                .hasMessageContaining(words);
    }

    @Test
    void sizesBeyondAllMeasureAreNoSizes() {
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\"}";
        content.at("/v2/app/blobs/" + FakeContent.digest(config), config);
        String layer = FakeContent.descriptor("x", "x").replaceFirst("\"size\":1", "\"size\":" + Long.MAX_VALUE);

        assertThatThrownBy(() -> inspect(manifest(config, layer + "," + layer)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("layers cannot be as large");
    }

    @Test
    void aConfigurationOfAnyShapeIsReadAsFarAsItMakesSense() throws Exception {
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":7,\"config\":"
                + "{\"Labels\":[1],\"Env\":{\"a\":1},\"Entrypoint\":\"sh\",\"Cmd\":[1,\"x\",null],\"User\":null}}";
        content.at("/v2/app/blobs/" + FakeContent.digest(config), config);

        RemoteConfig read = inspect(manifest(config, "")).config();

        assertThat(read.labels()).isEmpty();
        assertThat(read.env()).isEmpty();
        assertThat(read.entrypoint()).isEmpty();
        assertThat(read.command()).containsExactly("x");
    }

    @Test
    void anIndexOfNothingButAttestationsIsNoImage() {
        String attestation = FakeContent.descriptor(MediaTypes.OCI_MANIFEST, "x")
                .replaceFirst("}$", ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}");

        assertThatThrownBy(() -> inspect(FakeContent.index(attestation)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("an index without any image");
    }
}
