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

    @TempDir
    private Path folder;

    @Test
    void readsTheOldLayoutWhereALayerComesTwice() throws Exception {
        SaveUnderTest save = new SaveUnderTest(folder)
                .file("bb/VERSION", "1.0")
                .file("bb/layer.tar", "content")
                .link("aa/layer.tar", "../bb/layer.tar")
                .file("manifest.json", DOCUMENT);

        SavedImage image = save.read(false, digest("content"));

        assertThat(save.taken()).containsExactly("content");
        assertThat(image.layer("aa/layer.tar")).isEqualTo(image.layer("bb/layer.tar"));
        assertThat(image.layer("aa/layer.tar").orElseThrow().diffId()).isEqualTo(digest("content"));
        assertThat(image.document("manifest.json").orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(DOCUMENT);
    }

    @Test
    void aLayerThatIsKnownByItsPathIsNotReadAgain() throws Exception {
        SaveUnderTest first = new SaveUnderTest(folder).file("bb/layer.tar", "content");
        Digest compressed = first.read(false, digest("content"))
                .layer("bb/layer.tar")
                .orElseThrow()
                .digest();
        first.memory().save();

        SaveUnderTest second = new SaveUnderTest(folder, compressed).file("bb/layer.tar", "content");
        SavedImage image = second.read(false, digest("content"));

        assertThat(second.taken()).isEmpty();
        assertThat(image.layer("bb/layer.tar").orElseThrow().digest()).isEqualTo(compressed);
        assertThat(image.layer("bb/layer.tar").orElseThrow().diffId()).isEqualTo(digest("content"));
    }

    @Test
    void podmansPathsTellTheLayer() throws Exception {
        String path = digest("content").hex() + ".tar";
        SaveUnderTest save = new SaveUnderTest(folder).file(path, "content");

        assertThat(save.read(false).layer(path).orElseThrow().diffId()).isEqualTo(digest("content"));
    }

    @Test
    void blobsOfRegistriesAreTakenAsTheyAre() throws Exception {
        String layer = "blobs/sha256/" + digest("layer").hex();
        String document = "blobs/sha256/" + digest(DOCUMENT).hex();
        SaveUnderTest save = new SaveUnderTest(folder).file(layer, "layer").file(document, DOCUMENT);

        SavedImage image = save.read(true);

        assertThat(save.taken()).containsExactly("layer");
        assertThat(image.layer(layer).orElseThrow().digest()).isEqualTo(digest("layer"));
        assertThat(image.document(digest(DOCUMENT))).isPresent();
    }

    @Test
    void aBlobWithAnotherDigestIsRefused() {
        SaveUnderTest save =
                new SaveUnderTest(folder).file("blobs/sha256/" + digest("layer").hex(), "other");

        assertThatThrownBy(() -> save.read(true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(digest("layer").toString())
                .hasMessageContaining(digest("other").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../layer.tar", "/etc/layer.tar", "a/../../layer.tar"})
    void namesThatLeadOutAreRefused(String name) {
        SaveUnderTest save = new SaveUnderTest(folder).file(name, "content");

        assertThatThrownBy(() -> save.read(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of it");
    }

    @Test
    void linksThatLeadOutOrRoundAreRefused() throws Exception {
        SaveUnderTest out = new SaveUnderTest(folder).link("aa/layer.tar", "../../../etc/passwd");
        assertThatThrownBy(() -> out.read(false)).hasMessageContaining("leads out of it");

        SavedImage round = new SaveUnderTest(folder)
                .link("aa/layer.tar", "../bb/layer.tar")
                .link("bb/layer.tar", "../aa/layer.tar")
                .read(false);
        assertThatThrownBy(() -> round.layer("aa/layer.tar")).hasMessageContaining("lead nowhere");
    }

    @Test
    void whatComesTwiceIsRefused() {
        SaveUnderTest save =
                new SaveUnderTest(folder).file("a/layer.tar", "one").file("./a/layer.tar", "two");

        assertThatThrownBy(() -> save.read(false)).hasMessageContaining("a/layer.tar twice");
    }

    @Test
    void aHugeDocumentIsRefused() {
        SaveUnderTest save = new SaveUnderTest(folder).file("manifest.json", "x".repeat(5 << 20));

        assertThatThrownBy(() -> save.read(false)).hasMessageContaining("manifest.json is too large");
    }

    @Test
    void aStreamThatBreaksOffIsNoticed() {
        SaveUnderTest save = new SaveUnderTest(folder).file("a/layer.tar", "x".repeat(1 << 20));

        assertThatThrownBy(save::readTorn).isInstanceOf(IOException.class);
    }
}
