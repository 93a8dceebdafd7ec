package io.jenkins.plugins.containerbuild.cleanup;

import java.util.Objects;

/** What is known of one job and one daemon that has its volumes. Is saved. */
final class JobDaemon {

    private final String job;
    private final String label;
    private final UsedDaemon daemon;

    /**
     * @param job the job's full name now
     * @param label its full name when it made volumes there: their labels stay as they are
     * @param daemon where they are
     */
    JobDaemon(String job, String label, UsedDaemon daemon) {
        this.job = job;
        this.label = label;
        this.daemon = daemon;
    }

    String job() {
        return job;
    }

    String label() {
        return label;
    }

    UsedDaemon daemon() {
        return daemon;
    }

    JobDaemon renamed(String name) {
        return new JobDaemon(name, label, daemon);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobDaemon entry
                && job.equals(entry.job)
                && label.equals(entry.label)
                && daemon.equals(entry.daemon);
    }

    @Override
    public int hashCode() {
        return Objects.hash(job, label, daemon);
    }
}
