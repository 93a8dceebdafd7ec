package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;
import java.time.Duration;

/**
 * What went into a volume or came out of it.
 *
 * @param files how many files; links count, directories do not
 * @param bytes their contents
 * @param skipped devices, pipes and sockets that were left out
 * @param archiveBytes the archive's size; null for a copy
 * @param duration how long it took
 */
public record TransferResult(long files, long bytes, long skipped, Long archiveBytes, Duration duration)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
