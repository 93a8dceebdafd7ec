package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;

/**
 * Temporary files for layers on their way: only so many at a time, in Java's folder for such files. Their names are removed
 * at once, so that nothing of them is left however this process ends.
 */
public final class Spool {

    private final Path folder;
    private final Semaphore free;

    /** @param files how many there may be at a time */
    public Spool(int files) {
        this(Path.of(System.getProperty("java.io.tmpdir")), files);
    }

    Spool(Path folder, int files) {
        this.folder = folder;
        free = new Semaphore(files);
    }

    /**
     * A new file, once there may be one; close it.
     *
     * @throws EngineException when the disk refuses it
     * @throws InterruptedException when the thread was interrupted while it waited
     */
    SpooledBlob begin() throws EngineException, InterruptedException {
        free.acquire();
        try {
            Path file = Files.createTempFile(folder, "container-build-layer", ".tmp");
            try {
                return new SpooledBlob(
                        FileChannel.open(
                                file,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE),
                        free::release);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            free.release();
            throw trouble(e);
        }
    }

    /** What to say when writing fails. */
    static EngineException trouble(IOException cause) {
        return new EngineException(
                "could not keep a layer for the time of its upload",
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
                "Make room in " + System.getProperty("java.io.tmpdir")
                        + " on the machine that runs this, or start its Java with -Djava.io.tmpdir= and a folder on a"
                        + " larger disk",
                cause);
    }
}
