package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static io.jenkins.plugins.containerbuild.engine.registry.saved.SaveUnderTest.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SaveUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedContentTest {

    private static final Digest LAYER = digest("content");
    private static final String CONFIG = "{\"rootfs\":{\"diff_ids\":[\"" + LAYER + "\",\"" + LAYER + "\"]}}";
    private static final String MANIFEST = "[{\"Config\":\"c.json\",\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]";

    @TempDir
    private Path folder;

    private SaveUnderTest save() {
        return new SaveUnderTest(folder).file("c.json", CONFIG).file("manifest.json", MANIFEST);
    }

    private static ImageContent content(SaveUnderTest save, String config) throws Exception {
        return new SavedContent(digest(config), save.read(false, LAYER), save.memory()).content();
    }

    @Test
    void aLayerThatIsThereTwiceIsNamedTwice() throws Exception {
        SaveUnderTest save = save().file("a/layer.tar", "content").link("b/layer.tar", "../a/layer.tar");

        ImageContent content = content(save, CONFIG);

        assertThat(content.root().json().path("layers")).hasSize(2);
        assertThat(content.root().config().digest()).isEqualTo(digest(CONFIG));
        assertThat(content.blobs()).hasSize(2);
        assertThat(content.root().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void aMissingLayerIsNoticed() {
        SaveUnderTest save = save().file("a/layer.tar", "content");

        assertThatThrownBy(() -> content(save, CONFIG)).hasMessageContaining("ended without the layer " + LAYER);
    }

    @Test
    void aLayerOfAnotherImageIsNoticed() {
        SaveUnderTest save = save().file("a/layer.tar", "content").file("b/layer.tar", "something else");

        assertThatThrownBy(() -> content(save, CONFIG))
                .hasMessageContaining(LAYER.toString())
                .hasMessageContaining(digest("something else").toString());
    }

    @Test
    void aConfigurationOfAnotherImageIsNoticed() {
        SaveUnderTest save = save().file("a/layer.tar", "content").link("b/layer.tar", "../a/layer.tar");

        assertThatThrownBy(() -> content(save, "{}"))
                .hasMessageContaining(digest(CONFIG).toString());
    }

    @Test
    void aStreamWithoutAManifestIsNoImage() {
        SaveUnderTest save = new SaveUnderTest(folder).file("a/layer.tar", "content");

        assertThatThrownBy(() -> content(save, CONFIG)).hasMessageContaining("ended without manifest.json");
    }
}
