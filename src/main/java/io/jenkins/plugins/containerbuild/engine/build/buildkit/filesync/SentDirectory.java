package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import io.jenkins.plugins.containerbuild.engine.build.context.PathPatterns;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * What a daemon was told of a directory.
 *
 * @param directory the name that the daemon knows it by
 * @param patterns which of its files the daemon asked for
 * @param digest of all by which a change can be seen: what the daemon was told, and more that the disk tells
 */
public record SentDirectory(String directory, PathPatterns patterns, String digest) {

    private static final int ENTRIES_BETWEEN_LOOKS = 1024;

    /** Refuses null. */
    public SentDirectory {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(patterns, "patterns");
        Objects.requireNonNull(digest, "digest");
    }

    /**
     * Whether nothing has changed since. False also where the files cannot be read: whoever then sends
     * them says why.
     *
     * @param directories by their names
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean isUnchanged(Map<String, SyncDirectory> directories) throws InterruptedException {
        SyncDirectory files = directories.get(directory);
        if (files == null) {
            return false;
        }
        try {
            return of(directory, patterns, files.files(patterns)).equals(this);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * What a daemon would be told now.
     *
     * @param files from their beginning
     * @throws IOException with a full message when they cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    public static SentDirectory of(String directory, PathPatterns patterns, ContextFiles files)
            throws IOException, InterruptedException {
        Announcements announcements = new Announcements(files);
        for (int count = 1; announcements.next() != null; count++) {
            if (count % ENTRIES_BETWEEN_LOOKS == 0 && Thread.interrupted()) {
                throw new InterruptedException("interrupted while looking for changes");
            }
        }
        return new SentDirectory(directory, patterns, announcements.digest());
    }

    /** Whether it answers the same question of a daemon. */
    boolean asksAs(SentDirectory other) {
        return directory.equals(other.directory) && patterns.equals(other.patterns);
    }
}
