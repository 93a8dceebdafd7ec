package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one look at a file tells; links are not followed.
 *
 * @param kind what it is
 * @param mode permissions with the set-id and sticky bits
 * @param size bytes
 * @param modified as precise as the disk keeps it
 * @param inode of a regular file with several names; else null
 * @param state another one after every change; see {@link ContextEntry#state}
 */
record FileFacts(Kind kind, int mode, long size, FileTime modified, ContextEntry.Inode inode, long state) {

    private static final int PERMISSIONS = 07777;
    private static final int TYPE = 0170000;

    /** Windows has no executable bit; the docker CLI sends everything from there as executable too. */
    private static final int MODE_WHERE_THERE_IS_NONE = 0755;

    static FileFacts read(Path file) throws IOException {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        if (views.contains("unix")) {
            return fromUnix(Files.readAttributes(
                    file, "unix:mode,size,lastModifiedTime,ctime,nlink,dev,ino", LinkOption.NOFOLLOW_LINKS));
        }
        if (views.contains("posix")) {
            PosixFileAttributes facts =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return fromBasic(facts, mode(facts.permissions()));
        }
        return fromBasic(
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
                MODE_WHERE_THERE_IS_NONE);
    }

    private static FileFacts fromUnix(Map<String, Object> facts) {
        int mode = (Integer) facts.get("mode");
        Kind kind =
                switch (mode & TYPE) {
                    case 0040000 -> Kind.DIRECTORY;
                    case 0100000 -> Kind.FILE;
                    case 0120000 -> Kind.SYMLINK;
                    case 0010000 -> Kind.FIFO;
                    case 0140000 -> Kind.SOCKET;
                    default -> Kind.DEVICE;
                };
        FileTime modified = (FileTime) facts.get("lastModifiedTime");
        return new FileFacts(
                kind, mode & PERMISSIONS, (Long) facts.get("size"), modified, inode(kind, facts), state(facts));
    }

    /** The system sets the time itself, at every change; another file in the place of this one has another number. */
    private static long state(Map<String, Object> facts) {
        long changed = ((FileTime) facts.get("ctime")).to(TimeUnit.NANOSECONDS);
        return (31 * changed + (Long) facts.get("ino")) & Long.MAX_VALUE;
    }

    private static FileFacts fromBasic(BasicFileAttributes facts, int mode) {
        return new FileFacts(
                kind(facts), mode, facts.size(), facts.lastModifiedTime(), null, ContextEntry.STATE_UNKNOWN);
    }

    private static ContextEntry.Inode inode(Kind kind, Map<String, Object> facts) {
        return kind == Kind.FILE && (Integer) facts.get("nlink") > 1
                ? new ContextEntry.Inode((Long) facts.get("dev"), (Long) facts.get("ino"))
                : null;
    }

    private static Kind kind(BasicFileAttributes facts) {
        if (facts.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (facts.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        return facts.isRegularFile() ? Kind.FILE : Kind.DEVICE;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        PosixFilePermission[] all = PosixFilePermission.values();
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 1 << (all.length - 1 - permission.ordinal());
        }
        return mode;
    }
}
