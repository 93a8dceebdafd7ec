package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;

/** Takes an archive: a file, or another daemon that loads it. */
public interface ArchiveSink {

    /**
     * The daemon begins to send.
     *
     * @return gets the bytes; closed by the caller when all have come or none will come any more
     * @throws EngineException when the archive cannot be taken
     * @throws IOException when it cannot be begun
     */
    OutputStream open() throws EngineException, IOException;

    /**
     * All bytes have come and the build succeeded.
     *
     * @return the absolute path of the file, or null where it is none
     * @throws EngineException when the archive cannot be used
     * @throws InterruptedException when the thread was interrupted
     */
    String keep() throws EngineException, InterruptedException;

    /** Removes what is not kept; may be called at any time, also when nothing was begun. */
    void discard();

    /** Says what was wrong with writing. */
    EngineException explain(IOException cause);
}
