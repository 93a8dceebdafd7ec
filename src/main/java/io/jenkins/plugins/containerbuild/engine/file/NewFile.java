package io.jenkins.plugins.containerbuild.engine.file;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** A file on disk: written beside its place, and moved there once it is complete. For use by several threads. */
public final class NewFile {

    private final TargetPlace place;
    private Path file;
    private Path unfinished;

    /** @param place where it is to be */
    public NewFile(TargetPlace place) {
        this.place = place;
    }

    /**
     * Begins it, and forgets what was written before. The caller closes the stream.
     *
     * @throws EngineException when the place may not be written to
     * @throws IOException when it cannot be
     */
    public synchronized OutputStream open() throws EngineException, IOException {
        discard();
        file = place.file();
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file in no directory"));
        unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        return Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Puts it into its place.
     *
     * @return its path
     * @throws EngineException when that fails
     */
    public synchronized String keep() throws EngineException {
        Path target = file;
        if (target == null) {
            throw new IllegalStateException("nothing was opened");
        }
        try {
            // A link at the place is replaced by this, not followed.
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw explain(e);
        }
        unfinished = null;
        return target.toString();
    }

    /** Removes what is not in its place. */
    public synchronized void discard() {
        if (unfinished != null) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                System.getLogger(NewFile.class.getName())
                        .log(System.Logger.Level.WARNING, "could not remove " + unfinished, e);
            }
            unfinished = null;
        }
    }

    /** What to say when writing fails. */
    public EngineException explain(IOException cause) {
        return place.explain(cause);
    }
}
