package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.IOException;
import java.io.InputStream;

/**
 * One thing in a context, as it is sent.
 *
 * @param path relative to the context, with slashes, without one at its end
 * @param kind what it is
 * @param mode permissions with the set-id and sticky bits, nothing else
 * @param size bytes of a regular file, else 0
 * @param modified seconds since 1970
 * @param linkTarget where a symbolic link leads, as it is written in it; else null
 * @param content a regular file's content; else null
 */
record ContextEntry(String path, Kind kind, int mode, long size, long modified, String linkTarget, Content content) {

    enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        FIFO,
        SOCKET,
        DEVICE
    }

    /** Opens what is to be sent. */
    interface Content {
        InputStream open() throws IOException;
    }

    boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
