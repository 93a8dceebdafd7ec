package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.FaultProxy;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deleting from real registries. */
@WithRegistry
class DeleteRegistriesIT {

    private TestRegistry registry;
    private CraftedImages images;

    @BeforeEach
    void aRepository(TestRegistry theRegistry) {
        registry = theRegistry;
        images = new CraftedImages(registry);
    }

    private static DeleteResult delete(String image, String... patterns) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            return under.client()
                    .delete(new DeleteRequest(ImageReference.parse(image), DeletionPolicy.of(List.of(patterns))));
        }
    }

    private void tag(String tag, String digest) {
        registry.putManifest(
                images.repository(),
                tag,
                MediaTypes.OCI_MANIFEST,
                registry.manifest(images.repository(), digest).orElseThrow());
    }

    @Test
    void aTagIsResolvedAndItsDigestRemovedWithAllOfItsTags() throws Exception {
        String digest = images.image("1", "amd64");
        tag("also", digest);
        String other = images.image("other", "arm64");

        DeleteResult result = delete(images.name() + ":1", "*:latest", "registry.example/*");

        assertThat(result.image()).hasToString(images.name() + ":1");
        assertThat(result.digest()).hasToString(digest);
        assertThat(result.tags()).containsExactlyInAnyOrder("1", "also");
        assertThat(registry.manifest(images.repository(), digest)).isEmpty();
        assertThat(registry.manifest(images.repository(), "also")).isEmpty();
        assertThat(registry.manifestDigest(images.repository(), "other")).hasValue(other);
    }

    @Test
    void anIndexIsRemovedByItsDigest() throws Exception {
        String digest = images.twoPlatforms("1");

        assertThat(delete(images.name() + "@" + digest).tags()).containsExactly("1");

        assertThat(registry.manifest(images.repository(), "1")).isEmpty();
    }

    @Test
    void whatAProtectedTagLeadsToStaysUnderAnyName() throws Exception {
        String index = images.twoPlatforms("latest");
        String child = new ObjectMapper()
                .readTree(registry.manifest(images.repository(), index).orElseThrow())
                .at("/manifests/1/digest")
                .asText();
        registry.putManifest(
                images.repository(),
                "1",
                MediaTypes.OCI_INDEX,
                registry.manifest(images.repository(), index).orElseThrow());
        tag("arm64", child);

        for (String name : List.of(":latest", "", ":1", "@" + index, "@" + child, ":arm64")) {
            assertThatThrownBy(() -> delete(images.name() + name, "*:latest"))
                    .as(name)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not delete " + images.name())
                    .hasMessageContaining("the tag latest, which leads to it, is protected by the pattern *:latest");
        }
        assertThat(registry.manifest(images.repository(), index)).isPresent();
        assertThat(registry.manifest(images.repository(), child)).isPresent();
    }

    @Test
    void aTagWithAnotherDigestIsAMistake() {
        images.image("1", "amd64");
        String other = images.image("2", "arm64");

        assertThatThrownBy(() -> delete(images.name() + ":1@" + other))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the tag 1 leads to sha256:");
        assertThat(registry.manifest(images.repository(), "2")).isPresent();
    }

    @Test
    void whatIsNotThereIsNamed() {
        images.image("1", "amd64");
        assertThatThrownBy(() -> delete(images.name() + ":missing"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not delete " + images.name() + ":missing")
                .hasMessageContaining("Check the name and the tag");
        assertThatThrownBy(() -> delete(images.name() + "@sha256:" + "ab".repeat(32)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not delete " + images.name() + "@sha256:");
    }

    @ParameterizedTest
    @CsvSource({"405, UNSUPPORTED, does not delete images (status 405", "403, DENIED, the right to delete"})
    void aRegistryThatRefusesIsExplained(int status, String code, String words) throws Exception {
        String digest = images.image("1", "amd64");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("DELETE", "/manifests/")
                    .always()
                    .answer(status, Map.of(), "application/json", "{\"errors\":[{\"code\":\"" + code + "\"}]}");

            assertThatThrownBy(() -> delete(proxy.address() + "/" + images.repository() + ":1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(words)
                    .hasMessageContaining(code);
        }
        assertThat(registry.manifestDigest(images.repository(), "1")).hasValue(digest);
    }

    @Test
    void withoutAListOfTagsNothingProtectedIsRisked() throws Exception {
        String digest = images.image("1", "amd64");
        try (FaultProxy proxy = FaultProxy.inFrontOf(registry)) {
            proxy.on("GET", "/tags/list").always().answer(404);
            String name = proxy.address() + "/" + images.repository() + "@" + digest;

            assertThatThrownBy(() -> delete(name, "*:latest"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("list the tags of " + proxy.address());
            assertThat(delete(name).tags()).isEmpty();
        }
        assertThat(registry.manifestDigest(images.repository(), "1")).isEmpty();
    }
}
