package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** An archive on disk: written beside its place, and moved there once the build has succeeded. */
final class ArchiveFile implements ArchiveSink {

    private final OutputPlace place;
    private Path file;
    private Path unfinished;

    ArchiveFile(OutputPlace place) {
        this.place = place;
    }

    @Override
    public synchronized OutputStream open() throws EngineException, IOException {
        discard();
        file = place.file();
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file in no directory"));
        unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        return Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
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

    @Override
    public synchronized void discard() {
        if (unfinished != null) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                System.getLogger(ArchiveFile.class.getName())
                        .log(System.Logger.Level.WARNING, "could not remove " + unfinished, e);
            }
            unfinished = null;
        }
    }

    @Override
    public EngineException explain(IOException cause) {
        return WriteTrouble.of(place.path(), cause);
    }
}
