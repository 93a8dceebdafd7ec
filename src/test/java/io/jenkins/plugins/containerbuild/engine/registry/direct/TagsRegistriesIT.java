package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of tags of real registries. */
@WithRegistry
class TagsRegistriesIT {

    private CraftedImages images;

    @BeforeEach
    void aRepository(TestRegistry registry) {
        images = new CraftedImages(registry);
        images.image("1.0", "amd64");
        images.image("latest", "amd64");
        images.image("1.1-rc1", "amd64");
    }

    private static RemoteTags tags(String repository, String filter) throws Exception {
        try (RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            return under.client().tags(TagListRequest.of(ImageReference.parse(repository), filter));
        }
    }

    @Test
    void allTagsAreListedOrThoseThatFit() throws Exception {
        assertThat(tags(images.name(), null).tags()).containsExactlyInAnyOrder("1.0", "1.1-rc1", "latest");
        assertThat(tags(images.name(), "1.*").tags()).containsExactlyInAnyOrder("1.0", "1.1-rc1");
        assertThat(tags(images.name(), "*-rc?").tags()).containsExactly("1.1-rc1");
        assertThat(tags(images.name(), "2.*").tags()).isEmpty();
    }

    @Test
    void aRepositoryThatIsNotThereIsNamed(TestRegistry registry) {
        String missing = registry.address() + "/not/there";
        assertThatThrownBy(() -> tags(missing, null))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("could not list the tags of " + missing)
                .hasMessageContaining("Check the name");
    }

    @Test
    void aPrivateRegistryWantsALogin(@WithRegistry(RegistryKind.PASSWORD) TestRegistry secret) {
        assertThatThrownBy(() -> tags(secret.address() + "/team/app", null))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("without a login");
    }

    @Test
    void oneImageIsNoRepository() {
        assertThatThrownBy(() -> tags(images.name() + ":1.0", null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Leave out tag and digest: " + images.name());
        assertThatThrownBy(() -> tags(images.name(), "a b"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Write for example release-*");
    }
}
