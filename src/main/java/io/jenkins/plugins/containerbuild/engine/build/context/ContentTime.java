package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * A time that stands for a content. A daemon that holds a file of the same size and time does not ask for it again, so
 * another content of the same length must have another time, and the same content the same one. For files whose time is
 * never seen: Dockerfiles, which are written by programs, one after the other in the same moment.
 */
final class ContentTime {

    /** File systems keep times up to 2038 at least. */
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(Integer.MAX_VALUE);

    private ContentTime() {}

    /** The time of this content. */
    static FileTime of(byte[] content) {
        long hash = Long.parseUnsignedLong(ContentHash.of(content).hex().substring(0, Long.BYTES * 2), 16);
        return FileTime.from(Math.floorMod(hash, LATEST_NANOS), TimeUnit.NANOSECONDS);
    }
}
