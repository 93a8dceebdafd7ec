package io.jenkins.plugins.containerbuild.engine.registry.saved;

import static io.jenkins.plugins.containerbuild.engine.registry.saved.SaveUnderTest.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaveReaderTest {

    private static final String DOCUMENT = "{}";
    private static final Digest IMAGE = digest(DOCUMENT);
    private static final String CONFIG_FILE = IMAGE.hex() + ".json";

    @TempDir
    private Path folder;

    @Test
    void readsTheOldLayoutWhereALayerComesTwice() throws Exception {
        SaveUnderTest save = new SaveUnderTest(folder)
                .file("bb/VERSION", "1.0")
                .link("aa/layer.tar", "../bb/layer.tar")
                .file("bb/layer.tar", "content")
                .file(CONFIG_FILE, DOCUMENT);

        SavedImage image = save.read(false, IMAGE, digest("content"));

        assertThat(save.taken()).containsExactly("content");
        assertThat(save.memory().layer(digest("content"))).isPresent();
        assertThat(image.config(IMAGE).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(DOCUMENT);
    }

    @Test
    void leavesTheRestUnreadOnceNothingIsMissing() throws Exception {
        SaveUnderTest save = new SaveUnderTest(folder)
                .file("aa/layer.tar", "content")
                .file(CONFIG_FILE, DOCUMENT)
                .file("manifest.json", "x".repeat(5 << 20));

        SavedImage image = save.read(false, IMAGE, digest("content"));

        assertThat(save.taken()).containsExactly("content");
        assertThat(image.config(IMAGE)).isPresent();
    }

    @Test
    void aLayerThatIsKnownByItsPathIsNotReadAgain() throws Exception {
        SaveUnderTest first = new SaveUnderTest(folder).file("bb/layer.tar", "content");
        first.read(false, IMAGE, digest("content"));
        Digest compressed =
                first.memory().layer(digest("content")).orElseThrow().digest();
        first.memory().save();

        SaveUnderTest second = new SaveUnderTest(folder, compressed).file("bb/layer.tar", "content");
        second.read(false, IMAGE, digest("content"));

        assertThat(second.taken()).isEmpty();
    }

    @Test
    void podmansPathsTellTheLayer() throws Exception {
        String path = digest("content").hex() + ".tar";
        SaveUnderTest first = new SaveUnderTest(folder).file(path, "content");
        first.read(false, IMAGE, digest("content"));
        Digest compressed =
                first.memory().layer(digest("content")).orElseThrow().digest();
        first.memory().save();

        SaveUnderTest second = new SaveUnderTest(folder, compressed).file(path, "content");
        second.read(false, IMAGE, digest("content"));

        assertThat(second.taken()).isEmpty();
    }

    @Test
    void aLayerThatTheDaemonHasNotNamedIsRefused() {
        SaveUnderTest save = new SaveUnderTest(folder).file("aa/layer.tar", "something else");

        assertThatThrownBy(() -> save.read(false, IMAGE, digest("content")))
                .hasMessageContaining("aa/layer.tar has the digest " + digest("something else"));
        assertThat(save.taken()).isEmpty();
    }

    @Test
    void blobsOfRegistriesAreTakenAsTheyAre() throws Exception {
        String layer = "blobs/sha256/" + digest("layer").hex();
        String document = "blobs/sha256/" + digest(DOCUMENT).hex();
        SaveUnderTest save = new SaveUnderTest(folder).file(layer, "layer").file(document, DOCUMENT);

        SavedImage image = save.read(true, IMAGE);

        assertThat(save.taken()).containsExactly("layer");
        assertThat(image.document(digest(DOCUMENT))).isPresent();
    }

    @Test
    void aBlobWithAnotherDigestIsRefused() {
        SaveUnderTest save =
                new SaveUnderTest(folder).file("blobs/sha256/" + digest("layer").hex(), "other");

        assertThatThrownBy(() -> save.read(true, IMAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(digest("layer").toString())
                .hasMessageContaining(digest("other").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../layer.tar", "/etc/layer.tar", "a/../../layer.tar"})
    void namesThatLeadOutAreRefused(String name) {
        SaveUnderTest save = new SaveUnderTest(folder).file(name, "content");

        assertThatThrownBy(() -> save.read(false, IMAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of it");
    }

    @Test
    void whatComesTwiceIsRefused() {
        SaveUnderTest save =
                new SaveUnderTest(folder).file("a/layer.tar", "one").file("./a/layer.tar", "two");

        assertThatThrownBy(() -> save.read(false, IMAGE, digest("one"), digest("two")))
                .hasMessageContaining("a/layer.tar twice");
    }

    @Test
    void aHugeDocumentIsRefused() {
        SaveUnderTest save = new SaveUnderTest(folder).file("manifest.json", "x".repeat(5 << 20));

        assertThatThrownBy(() -> save.read(false, IMAGE)).hasMessageContaining("manifest.json is too large");
    }

    @Test
    void aStreamThatBreaksOffIsNoticed() {
        SaveUnderTest save = new SaveUnderTest(folder).file("a/layer.tar", "x".repeat(1 << 20));

        assertThatThrownBy(save::readTorn).isInstanceOf(IOException.class);
    }
}
