package io.jenkins.plugins.containerbuild.engine.registry.saved;

import static io.jenkins.plugins.containerbuild.engine.registry.saved.SaveUnderTest.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerMemoryTest {

    private static final Digest LAYER = digest("layer");
    private static final Digest PUSHED = digest("pushed");

    @TempDir
    private Path folder;

    @Test
    void remembersWhereALayerWent() {
        LayerMemory first = new LayerMemory(folder);
        first.remember(LAYER, PUSHED, 7, "registry.example/a");
        first.remember(LAYER, PUSHED, 7, "registry.example/b");
        first.save();

        assertThat(new LayerMemory(folder).layer(LAYER))
                .hasValue(new KnownLayer(PUSHED, 7, List.of("registry.example/b", "registry.example/a")));
        assertThat(new LayerMemory(folder).layer(PUSHED)).isEmpty();
    }

    @Test
    void aLayerThatIsCompressedOtherwiseIsNowhereYet() {
        LayerMemory memory = new LayerMemory(folder);
        memory.remember(LAYER, digest("before"), 9, "registry.example/a");
        memory.remember(LAYER, PUSHED, 7, null);

        assertThat(memory.layer(LAYER)).hasValue(new KnownLayer(PUSHED, 7, List.of()));
    }

    @Test
    void whatAnotherProcessRemembersStays() {
        LayerMemory one = new LayerMemory(folder);
        LayerMemory other = new LayerMemory(folder);
        one.remember(LAYER, PUSHED, 7, null);
        other.remember(PUSHED, LAYER, 8, null);
        one.save();
        other.save();

        assertThat(new LayerMemory(folder).layer(LAYER)).isPresent();
        assertThat(new LayerMemory(folder).layer(PUSHED)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"version\":1,\"layers\":{\"nothing\":{}}}", "{\"version\":2}"})
    void aFileThatCannotBeReadIsEmpty(String text) throws Exception {
        Files.writeString(folder.resolve("layers.json"), text);

        LayerMemory memory = new LayerMemory(folder);

        assertThat(memory.layer(LAYER)).isEmpty();
        memory.remember(LAYER, PUSHED, 7, null);
        memory.save();
        assertThat(new LayerMemory(folder).layer(LAYER)).isPresent();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNoFailure() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        LayerMemory memory = new LayerMemory(file.resolve("below"));

        memory.remember(LAYER, PUSHED, 7, null);
        memory.remember(LAYER, "text".getBytes(StandardCharsets.UTF_8));
        memory.save();

        assertThat(memory.layer(LAYER)).isPresent();
        assertThat(memory.document(LAYER)).isEmpty();
    }

    @Test
    void aDocumentIsBelievedWhenItsDigestIsRight() throws Exception {
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        LayerMemory memory = new LayerMemory(folder);
        memory.remember(digest("text"), text);
        assertThat(memory.document(digest("text"))).hasValue(text);

        Files.writeString(
                folder.resolve("documents").resolve("sha256-" + digest("text").hex()), "another");
        assertThat(memory.document(digest("text"))).isEmpty();
    }
}
