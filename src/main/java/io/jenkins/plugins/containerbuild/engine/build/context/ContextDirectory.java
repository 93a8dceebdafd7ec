package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Path;

/** A directory whose files a daemon may ask for, without a Dockerfile of its own: one by its real path. Immutable. */
public final class ContextDirectory {

    private final Path directory;

    private ContextDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens one.
     *
     * @param directory a relative one is looked up in {@code root} where that is given
     * @param root what it may not lie outside of, also not through symbolic links; null for no limit
     * @throws InvalidRequestException when it is missing, unreadable, no directory or outside; the message names it
     */
    public static ContextDirectory open(Path directory, Path root) throws InvalidRequestException {
        return new ContextDirectory(Confinement.of(root).contextDirectory(directory));
    }

    /** The directory itself. */
    public Path directory() {
        return directory;
    }

    /**
     * What is in the directory now, as far as a daemon asks for it. The daemon read the ignore file itself and tells what
     * to leave out.
     *
     * @throws IOException with a full message when the directory cannot be read or a pattern is none
     */
    public ContextFiles files(PathPatterns patterns) throws IOException {
        return new SelectedFiles(directory, patterns);
    }
}
