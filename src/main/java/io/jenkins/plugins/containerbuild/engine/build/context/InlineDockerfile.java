package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;

/** A Dockerfile that is text instead of a file; it is never written to a disk here. Immutable. */
public final class InlineDockerfile {

    /** The name that a daemon knows it by. */
    public static final String NAME = "Dockerfile";

    private static final int MODE = 0644;
    /** File systems keep times up to 2038 at least. */
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(Integer.MAX_VALUE);

    private final byte[] text;

    /**
     * @param text what would stand in the file; not null
     * @throws InvalidRequestException when there is nothing in it
     */
    public InlineDockerfile(String text) throws InvalidRequestException {
        if (text.isBlank()) {
            throw new InvalidRequestException(
                    "could not use the option dockerfileInline",
                    "it is empty",
                    "Write the Dockerfile's text into it, or give a file by the option 'file'");
        }
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The file, as far as a daemon asks for it, as if it were alone in a directory.
     *
     * @throws IOException with a full message when a pattern is none
     */
    public ContextFiles files(PathPatterns patterns) throws IOException {
        Selection selection = Selection.ofLinkless(Path.of(NAME), patterns);
        return new OneFile(selection.judge(selection.root(), NAME).wanted() ? entry() : null);
    }

    private ContextEntry entry() {
        return new ContextEntry(
                NAME, Kind.FILE, MODE, text.length, modified(), null, () -> new ByteArrayInputStream(text));
    }

    /**
     * A time that stands for the text. A daemon that holds a file of the same size and time does not ask for it again, so
     * another text of the same length must have another time, and the same text the same one.
     */
    private FileTime modified() {
        try {
            long hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
            return FileTime.from(Math.floorMod(hash, LATEST_NANOS), TimeUnit.NANOSECONDS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Announces one file, or none. */
    private final class OneFile implements ContextFiles {

        private ContextEntry next;

        OneFile(ContextEntry next) {
            this.next = next;
        }

        @Override
        public ContextEntry next() {
            ContextEntry entry = next;
            next = null;
            return entry;
        }

        @Override
        public InputStream open(String path, long size) {
            return new ByteArrayInputStream(text);
        }
    }
}
