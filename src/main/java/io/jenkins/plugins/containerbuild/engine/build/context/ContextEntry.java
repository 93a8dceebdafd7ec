package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;

/**
 * One thing in a context, as it is sent.
 *
 * @param path relative to the context, with slashes, without one at its end
 * @param kind what it is
 * @param mode permissions with the set-id and sticky bits, nothing else
 * @param size bytes of a regular file, else 0
 * @param modified as precise as the disk keeps it
 * @param linkTarget where a symbolic link leads, as it is written in it; else null
 * @param content a regular file's content; else null
 * @param inode equal for all names of one file that has several names (hard links); else null
 * @param state a number that is another one after every change of a file, also one that keeps its size and time; 0 for what
 *     only this process can change, {@link #STATE_UNKNOWN} where the disk does not tell
 */
public record ContextEntry(
        String path,
        Kind kind,
        int mode,
        long size,
        FileTime modified,
        String linkTarget,
        Content content,
        Inode inode,
        long state) {

    /** The state of a file on a disk that does not tell when anything of a file was changed. */
    public static final long STATE_UNKNOWN = -1;

    /** One that has no other name, and that only this process can change. */
    public ContextEntry(
            String path, Kind kind, int mode, long size, FileTime modified, String linkTarget, Content content) {
        this(path, kind, mode, size, modified, linkTarget, content, null, 0);
    }

    /**
     * A file, whatever its name.
     *
     * @param device the disk's number
     * @param number its number on the disk
     */
    public record Inode(long device, long number) {}

    /** What a thing in a context is. */
    public enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        FIFO,
        SOCKET,
        DEVICE
    }

    /** Opens what is to be sent. */
    public interface Content {
        /** A new stream, which its user closes. */
        InputStream open() throws IOException;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
