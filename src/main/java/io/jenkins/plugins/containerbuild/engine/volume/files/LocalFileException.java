package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;

/**
 * A file on this machine could not be read or written while its contents were on their way. An I/O error, since it comes out
 * of a stream, that knows what its user should read in the end.
 */
final class LocalFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final EngineException failure;

    LocalFileException(EngineException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** The failure among what an I/O error was caused by, or null. */
    static EngineException in(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof LocalFileException known) {
                return known.failure;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
