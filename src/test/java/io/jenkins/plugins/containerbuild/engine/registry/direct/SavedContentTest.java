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
    private static final Digest IMAGE = digest(CONFIG);
    private static final String CONFIG_FILE = IMAGE.hex() + ".json";

    @TempDir
    private Path folder;

    private static ImageContent content(SaveUnderTest save) throws Exception {
        return new SavedContent(IMAGE, save.read(false, IMAGE, LAYER), save.memory()).content();
    }

    @Test
    void aLayerThatIsThereTwiceIsNamedTwice() throws Exception {
        SaveUnderTest save = new SaveUnderTest(folder)
                .file("a/layer.tar", "content")
                .link("b/layer.tar", "../a/layer.tar")
                .file(CONFIG_FILE, CONFIG);

        ImageContent content = content(save);

        assertThat(content.root().json().path("layers")).hasSize(2);
        assertThat(content.root().config().digest()).isEqualTo(IMAGE);
        assertThat(content.blobs()).hasSize(2);
        assertThat(content.root().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void aMissingLayerIsNoticed() {
        SaveUnderTest save = new SaveUnderTest(folder).file(CONFIG_FILE, CONFIG);

        assertThatThrownBy(() -> content(save)).hasMessageContaining("ended without the layer " + LAYER);
    }

    @Test
    void aConfigurationOfAnotherImageIsNoticed() {
        SaveUnderTest save =
                new SaveUnderTest(folder).file("a/layer.tar", "content").file(CONFIG_FILE, "{}");

        assertThatThrownBy(() -> content(save))
                .hasMessageContaining(digest("{}").toString());
    }

    @Test
    void aStreamWithoutAConfigurationIsNoImage() {
        SaveUnderTest save = new SaveUnderTest(folder).file("a/layer.tar", "content");

        assertThatThrownBy(() -> content(save)).hasMessageContaining("ended without the image's configuration");
    }
}
