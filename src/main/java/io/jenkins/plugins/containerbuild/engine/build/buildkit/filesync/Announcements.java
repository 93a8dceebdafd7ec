package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a daemon is told of a directory, thing by thing, and a digest that is another one as soon as anything has changed: what
 * the daemon goes by, and the state of each file beside it. For one thread.
 */
final class Announcements {

    private final ContextFiles files;
    private final Map<ContextEntry.Inode, String> firstNames = new HashMap<>();
    private final ContentHash hash = ContentHash.sha256();
    private boolean stateUnknown;

    /** @param files from their beginning; the caller closes them */
    Announcements(ContextFiles files) {
        this.files = files;
    }

    /**
     * One thing.
     *
     * @param stat as the daemon is told of it
     * @param hasContent whether the daemon may ask for its content
     */
    record Announcement(Stat stat, boolean hasContent) {}

    /** The next one, or null at the end. */
    Announcement next() throws IOException {
        ContextEntry entry = files.next();
        if (entry == null) {
            return null;
        }
        String firstName = entry.inode() == null ? null : firstNames.putIfAbsent(entry.inode(), entry.path());
        Stat stat = GoStat.of(entry, firstName);
        add(entry, stat);
        return new Announcement(stat, entry.kind() == ContextEntry.Kind.FILE && firstName == null);
    }

    private void add(ContextEntry entry, Stat stat) {
        // The time of a directory changes with what is left out, too; the daemon disregards it as well.
        byte[] told = (entry.isDirectory() ? stat.toBuilder().clearModTime().build() : stat).toByteArray();
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(told.length);
        head.putLong(entry.isDirectory() ? 0 : entry.state());
        hash.add(head.array(), 0, head.capacity()).add(told, 0, told.length);
        stateUnknown |= !entry.isDirectory() && entry.state() == ContextEntry.STATE_UNKNOWN;
    }

    /** The digest of everything until now, in hexadecimal digits. Nothing may be told after this. */
    String digest() {
        if (stateUnknown) {
            return UUID.randomUUID().toString(); // nobody can say whether it is still the same
        }
        return hash.digest().hex();
    }
}
