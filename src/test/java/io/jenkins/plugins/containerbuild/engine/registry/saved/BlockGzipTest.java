package io.jenkins.plugins.containerbuild.engine.registry.saved;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockGzipTest {

    private static byte[] compressed(byte[] content, int threads, int part) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BlockGzip gzip = new BlockGzip(out, workers, threads)) {
            for (int from = 0; from < content.length; from += part) {
                gzip.write(content, from, Math.min(part, content.length - from));
            }
            gzip.finish();
        } finally {
            workers.shutdownNow();
        }
        return out.toByteArray();
    }

    /** Half of it chance, half of it not. */
    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        for (int i = size / 2; i < size; i++) {
            content[i] = (byte) (i / 1000 % 7);
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 3_000_000})
    void everyReaderOfGzipReadsIt(int size) throws Exception {
        byte[] content = content(size);

        byte[] compressed = compressed(content, 2, 10_000);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                .isEqualTo(content);
        assertThat(compressed.length).isLessThan(size * 2 / 3 + 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void theSameContentGivesTheSameBytes(int threads) throws Exception {
        byte[] content = content(2_000_000);

        assertThat(compressed(content, threads, 7_777)).isEqualTo(compressed(content, 2, 64 * 1024));
    }
}
