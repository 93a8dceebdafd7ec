package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Describes a thing as Go's {@code os.FileMode} and tonistiigi/fsutil do it. Everything belongs to root. */
final class GoStat {

    private static final int PERMISSIONS = 0777;
    private static final int DIRECTORY = 1 << 31;
    private static final int SYMLINK = 1 << 27;
    private static final int PIPE = 1 << 25;
    private static final int SET_UID = 1 << 23;
    private static final int SET_GID = 1 << 22;
    private static final int STICKY = 1 << 20;

    private GoStat() {}

    /**
     * An entry as the daemon is told of it.
     *
     * @param firstName the path under which the same file was told of already (hard links), or null
     */
    static Stat of(ContextEntry entry, String firstName) {
        Stat.Builder stat = Stat.newBuilder()
                .setPath(entry.path())
                .setMode(type(entry.kind()) | bits(entry.mode()))
                .setSize(entry.size())
                .setModTime(entry.modified().to(TimeUnit.NANOSECONDS));
        if (entry.linkTarget() != null) {
            // A link's size is its target's length, on both sides; else it would count as changed every time.
            stat.setLinkname(entry.linkTarget()).setSize(entry.linkTarget().getBytes(StandardCharsets.UTF_8).length);
        }
        if (firstName != null) {
            stat.setLinkname(firstName).setSize(0);
        }
        return stat.build();
    }

    private static int type(ContextEntry.Kind kind) {
        return switch (kind) {
            case FILE -> 0;
            case DIRECTORY -> DIRECTORY;
            case SYMLINK -> SYMLINK;
            case FIFO -> PIPE;
            case SOCKET, DEVICE -> throw new IllegalArgumentException("a " + kind + " cannot be sent");
        };
    }

    private static int bits(int mode) {
        int bits = mode & PERMISSIONS;
        bits |= (mode & 04000) == 0 ? 0 : SET_UID;
        bits |= (mode & 02000) == 0 ? 0 : SET_GID;
        bits |= (mode & 01000) == 0 ? 0 : STICKY;
        return bits;
    }
}
