package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SentDirectory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncDirectory;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A session that has ended.
 *
 * @param id by which the daemon knows what came through it
 * @param shareable whether a build may have all of its questions asked in it, and not only those for files: no login was given
 *     in it that the daemon would go on with
 * @param sent everything that the daemon was told of directories in it
 */
record RememberedSession(String id, boolean shareable, List<SentDirectory> sent) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when the id is none that {@link java.util.UUID} makes
     */
    RememberedSession {
        UUID.fromString(id);
        sent = List.copyOf(sent);
    }

    /**
     * Whether a daemon that asked the same again would be told the same again.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    boolean isUnchanged(Map<String, SyncDirectory> directories) throws InterruptedException {
        for (SentDirectory directory : sent) {
            if (!directory.isUnchanged(directories)) {
                return false;
            }
        }
        return true;
    }
}
