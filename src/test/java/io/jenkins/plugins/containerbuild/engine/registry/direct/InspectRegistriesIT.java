package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking at images in real registries. */
@WithRegistry
class InspectRegistriesIT {

    private CraftedImages images;

    @BeforeEach
    void aRepository(TestRegistry registry) {
        images = new CraftedImages(registry);
    }

    private static RemoteImage inspect(String name, String platform) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            return under.client()
                    .inspect(new InspectRequest(
                            ImageReference.parse(name), platform == null ? null : Platform.parse(platform)));
        }
    }

    @Test
    void anImageTellsItsConfigurationAndLayers() throws Exception {
        String config =
                "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\",\"created\":\"2026-01-02T03:04:05Z\","
                        + "\"config\":{\"User\":\"1000\",\"WorkingDir\":\"/app\",\"Env\":[\"A=1\",\"B=\"],"
                        + "\"Entrypoint\":[\"/bin/app\"],\"Cmd\":null,\"Labels\":{\"z\":\"last\",\"a\":\"first\"}}}";
        String digest = images.image("1", config, ",\"annotations\":{\"org.example.of\":\"the image\"}");

        RemoteImage image = inspect(images.name() + ":1", null);

        assertThat(image.reference()).hasToString(images.name() + ":1");
        assertThat(image.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.digest()).hasToString(digest);
        assertThat(image.annotations()).containsExactly(Map.entry("org.example.of", "the image"));
        assertThat(image.config())
                .isEqualTo(new RemoteConfig(
                        "2026-01-02T03:04:05Z",
                        Map.of("a", "first", "z", "last"),
                        List.of("A=1", "B="),
                        List.of("/bin/app"),
                        List.of(),
                        "1000",
                        "/app"));
        assertThat(image.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.mediaType()).isEqualTo(CraftedImages.LAYER);
            assertThat(image.described())
                    .isEqualTo(
                            new RemotePlatform("linux/arm64/v8", image.digest(), config.length() + layer.sizeBytes()));
        });
        assertThat(image.platforms()).containsExactly(image.described());
    }

    @Test
    void anIndexTellsItsPlatformsAndOneOfThem() throws Exception {
        String digest = images.twoPlatforms("1");

        RemoteImage usual = inspect(images.name() + ":1", null);
        RemoteImage arm64 = inspect(images.name() + "@" + digest, "linux/arm64/v8");

        assertThat(usual.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(usual.digest()).hasToString(digest);
        assertThat(usual.annotations()).containsEntry("org.example.of", "the index");
        assertThat(usual.platforms())
                .extracting(RemotePlatform::platform)
                .containsExactly("linux/amd64", "linux/arm64");
        assertThat(usual.platforms())
                .allSatisfy(platform -> assertThat(platform.sizeBytes()).isPositive());
        assertThat(usual.described().platform()).isEqualTo("linux/amd64");
        assertThat(arm64.described()).isEqualTo(usual.platforms().get(1));
        assertThat(arm64.layers()).isNotEqualTo(usual.layers());
    }

    @ParameterizedTest
    @CsvSource({"linux/arm, linux/arm/v7", "linux/arm/v6, linux/arm/v6", "linux, linux/arm/v6"})
    void aVariantIsChosenWhereItMatters(String wanted, String chosen) throws Exception {
        String arm = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"%s\"}";
        images.index(
                "arm",
                images.entry(images.image(null, "arm"), arm.formatted("v6")),
                images.entry(images.image(null, "arm"), arm.formatted("v7")));

        assertThat(inspect(images.name() + ":arm", wanted).described().platform())
                .isEqualTo(chosen);
    }

    @Test
    void aMissingPlatformIsToldWithThoseThereAre() throws Exception {
        images.twoPlatforms("1");
        images.image("single", "amd64");

        assertThatThrownBy(() -> inspect(images.name() + ":1", "linux/s390x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not inspect " + images.name() + ":1 for the platform linux/s390x")
                .hasMessageContaining("only for linux/amd64, linux/arm64")
                .hasMessageContaining("build the image for linux/s390x as well");
        assertThatThrownBy(() -> inspect(images.name() + ":single", "windows/amd64"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("only for linux/amd64");
    }

    @Test
    void whatIsNoImageIsExplained() {
        images.artifact(
                "chart",
                images.blob("application/vnd.cncf.helm.config.v1+json", "{}"),
                images.blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "chart"),
                "");
        assertThatThrownBy(() -> inspect(images.name() + ":chart", null))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no image, but another artifact");
        assertThatThrownBy(() -> inspect(images.name() + ":missing", null))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Check the name and the tag");
    }
}
