package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A Dockerfile that is text instead of a file; it is never written to a disk here. Immutable. */
public final class InlineDockerfile {

    /** The name that a daemon knows it by. */
    public static final String NAME = "Dockerfile";

    private static final int MODE = 0644;

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
                NAME, Kind.FILE, MODE, text.length, ContentTime.of(text), null, () -> new ByteArrayInputStream(text));
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
