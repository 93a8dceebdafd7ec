package io.jenkins.plugins.containerbuild.engine.registry.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.testkit.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path folder;

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void whatWasWrittenCanBeReadOftenAndLeavesNothing() throws Exception {
        try (SpooledBlob blob = new Spool(folder, 1).begin()) {
            blob.out().write("content".getBytes(StandardCharsets.UTF_8));
            blob.end();

            assertThat(blob.open()).hasContent("content");
            assertThat(blob.open()).hasContent("content");
            assertThat(blob.size()).isEqualTo(7);
            assertThat(blob.digest()).isEqualTo(SaveUnderTest.digest("content"));
            // Nor would anything be left by a process that ends here.
            assertThat(files(folder)).isZero();
        }
    }

    @Test
    void anotherFileWaitsForItsTurn() throws Exception {
        Spool spool = new Spool(folder, 1);
        SpooledBlob first = spool.begin();
        CompletableFuture<SpooledBlob> second = CompletableFuture.supplyAsync(() -> {
            try {
                return spool.begin();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(second).isNotDone();
        first.close();

        second.get(10, TimeUnit.SECONDS).close();
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Path small = SmallDisk.mount(folder.resolve("small"));
        try (SpooledBlob blob = new Spool(small, 1).begin()) {
            assertThatThrownBy(() -> blob.out().write(new byte[2 << 20]))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            failure -> assertThat(Spool.trouble(failure))
                                    .hasMessageContaining("No space left")
                                    .hasMessageContaining("Make room in " + System.getProperty("java.io.tmpdir")));
        } finally {
            SmallDisk.unmount(small);
        }
    }
}
