package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {

    @TempDir
    Path folder;

    private OciLayout layout() throws Exception {
        return OciLayout.toWrite("could not write", "cache", folder);
    }

    static String blob(OciLayout layout, String text) throws Exception {
        try (NewBlob blob = layout.begin()) {
            blob.write(text.getBytes(StandardCharsets.UTF_8));
            String digest = blob.finish();
            blob.keepAs(digest);
            return digest;
        }
    }

    private static String descriptor(String digest) {
        return "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"" + digest
                + "\",\"size\":3,\"annotations\":{\"other\":\"x\"}}";
    }

    @Test
    void isMadeWhenTheFirstThingIsWritten() throws Exception {
        OciLayout layout = layout();
        assertThat(layout.directory()).doesNotExist();

        String digest = blob(layout, "abc");
        layout.tag("latest", descriptor(digest));

        assertThat(digest).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(layout.directory().resolve("blobs/sha256").resolve(digest.substring(7)))
                .hasContent("abc");
        assertThat(layout.directory().resolve("oci-layout")).content().contains("\"imageLayoutVersion\":\"1.0.0\"");
        assertThat(layout.directory().resolve("index.json")).content().contains("\"schemaVersion\":2", digest);
        assertThat(layout.directory().resolve("ingest")).isEmptyDirectory();
        OciLayout read = OciLayout.toRead("could not read", "cache", folder).orElseThrow();
        assertThat(read.tagged("latest")).hasValue(digest);
        assertThat(read.tagged("other")).isEmpty();
        assertThat(OciLayout.toRead("could not read", "absent", folder)).isEmpty();
    }

    @Test
    void movesANameFromOneBlobToAnother() throws Exception {
        OciLayout layout = layout();
        String first = blob(layout, "one");
        String second = blob(layout, "two");
        layout.tag("main", descriptor(first));
        layout.tag("other", descriptor(first));
        layout.tag("main", descriptor(second));

        assertThat(layout.tagged("main")).hasValue(second);
        assertThat(layout.tagged("other")).hasValue(first);
    }

    @Test
    void knowsNoBlobThatIsNotThere() throws Exception {
        OciLayout layout = layout();
        layout.tag("latest", descriptor("sha256:" + "0".repeat(64)));

        assertThat(layout.tagged("latest")).isEmpty();
        assertThat(layout.has("sha256:../../../../etc/passwd")).isFalse();
    }

    @Test
    void keepsEveryNameOfBuildsAtTheSameTime() throws Exception {
        OciLayout layout = layout();
        String digest = blob(layout, "one");
        ExecutorService builds = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String tag = "tag" + i;
                ends.add(builds.submit(() -> {
                    layout().tag(tag, descriptor(digest));
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            builds.shutdownNow();
        }
        for (int i = 0; i < 24; i++) {
            assertThat(layout.tagged("tag" + i)).hasValue(digest);
        }
    }

    @Test
    void neitherReadsNorWritesThroughLinks() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path root = Files.createDirectory(folder.resolve("root"));
        OciLayout layout = OciLayout.toWrite("could not write", "cache", root);
        String digest = blob(layout, "abc");
        Path file = layout.blob(digest);
        Files.move(file, outside.resolve("blob"));
        Files.createSymbolicLink(file, outside.resolve("blob"));
        assertThat(layout.has(digest)).isFalse();

        Path other = Files.createDirectory(root.resolve("other"));
        Files.createSymbolicLink(other.resolve("blobs"), outside);
        OciLayout linked = OciLayout.toWrite("could not write", "other", root);
        assertThatThrownBy(linked::begin).isInstanceOf(IOException.class).hasMessageContaining("symbolic link");

        Files.createSymbolicLink(root.resolve("link"), outside);
        for (String path : List.of("link", "link/deeper", "../outside", outside.toString())) {
            assertThatThrownBy(() -> OciLayout.toWrite("could not write", path, root))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("outside the workspace");
        }
        assertThatThrownBy(() -> OciLayout.toRead("could not read", "link", root))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("outside the workspace");
    }

    @Test
    void refusesAFile() throws Exception {
        Files.writeString(folder.resolve("cache"), "");

        assertThatThrownBy(this::layout)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is no directory");
    }

    @Test
    void removesWhatAKilledBuildLeft() throws Exception {
        OciLayout layout = layout();
        blob(layout, "one");
        Path old = Files.writeString(layout.directory().resolve("ingest/old"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path fresh = Files.writeString(layout.directory().resolve("ingest/fresh"), "x");

        blob(layout, "two");

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }
}
