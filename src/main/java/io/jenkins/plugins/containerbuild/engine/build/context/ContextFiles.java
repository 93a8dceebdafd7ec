package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.IOException;
import java.io.InputStream;

/**
 * Things to be sent, first announced one by one and then read on demand. One thread may list while another one opens what
 * was listed. Errors of reading are {@link ContextReadException}s, which name the file, or {@link java.io.InterruptedIOException}s.
 */
public interface ContextFiles {

    /**
     * The next one, or null at the end: depth first, the names of one directory in the order of their bytes. Sockets are
     * left out.
     */
    ContextEntry next() throws IOException;

    /**
     * Opens a regular file that was announced. A link that took its place since is not followed. The stream has exactly
     * as many bytes as were announced: a file that grows is cut, one that shrinks is an error.
     *
     * @param path as announced
     * @param size as announced
     */
    InputStream open(String path, long size) throws IOException;
}
