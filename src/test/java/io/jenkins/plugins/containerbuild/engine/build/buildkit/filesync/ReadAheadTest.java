package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A walk that runs ahead of its reader. */
class ReadAheadTest {

    private static final int MANY = 20_000;

    private final ExecutorService workers = Executors.newCachedThreadPool();

    /** No walk is left, or this would wait for ever. */
    @AfterEach
    void everyWalkHasEnded() throws Exception {
        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesAllInTheirOrder() throws Exception {
        List<String> paths = new ArrayList<>();
        try (ReadAhead files = ReadAhead.of(new Numbers(MANY, null), workers)) {
            for (ContextEntry entry = files.next(); entry != null; entry = files.next()) {
                paths.add(entry.path());
            }
            assertThat(files.next()).isNull();
        }

        assertThat(paths)
                .isEqualTo(IntStream.range(0, MANY).mapToObj(String::valueOf).toList());
    }

    @Test
    void givesWhatCameBeforeAFailureAndThenTheFailure() throws Exception {
        try (ReadAhead files = ReadAhead.of(new Numbers(300, new IOException("could not read")), workers)) {
            for (int i = 0; i < 300; i++) {
                assertThat(files.next().path()).isEqualTo("" + i);
            }

            assertThatThrownBy(files::next).isInstanceOf(IOException.class).hasMessage("could not read");
        }
    }

    @Test
    void endsWithItsReaderAndDoesNotReadAllBeforeIt() throws Exception {
        Numbers numbers = new Numbers(Integer.MAX_VALUE, null);
        try (ReadAhead files = ReadAhead.of(numbers, workers)) {
            assertThat(files.next().path()).isEqualTo("0");
        }

        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(numbers.given).isLessThan(MANY);
    }

    @Test
    void isInterruptedWhereTheBuildHasEnded() {
        workers.shutdown();

        assertThatThrownBy(() -> ReadAhead.of(new Numbers(1, null), workers))
                .isInstanceOf(InterruptedIOException.class);
    }

    /** Files whose names are numbers. */
    private static final class Numbers implements ContextFiles {

        private final int count;
        private final IOException failure;
        private volatile int given;

        /** @param failure thrown after them; null for none */
        Numbers(int count, IOException failure) {
            this.count = count;
            this.failure = failure;
        }

        @Override
        public ContextEntry next() throws IOException {
            int number = given;
            if (number == count) {
                if (failure != null) {
                    throw failure;
                }
                return null;
            }
            given = number + 1;
            return new ContextEntry(
                    "" + number,
                    ContextEntry.Kind.FILE,
                    0644,
                    0,
                    FileTime.fromMillis(0),
                    null,
                    InputStream::nullInputStream);
        }

        @Override
        public InputStream open(String path, long size) {
            return InputStream.nullInputStream();
        }
    }
}
