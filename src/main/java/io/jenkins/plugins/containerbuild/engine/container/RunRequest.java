package io.jenkins.plugins.containerbuild.engine.container;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * A container whose command runs to its end.
 *
 * @param container which container; not null
 * @param limit how long it may run; null for no limit
 * @param output the file that gets its standard output; null for none
 * @param root the directory that the file must not leave; null without a file
 * @param anyExitCode whether an exit code other than 0 is no failure
 * @param quiet whether its lines are kept out of the log
 */
public record RunRequest(
        ContainerRequest container, Duration limit, String output, String root, boolean anyExitCode, boolean quiet)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Refuses null. */
    public RunRequest {
        Objects.requireNonNull(container, "container");
    }

    /** One without a limit, whose lines are told and whose exit code has to be 0. */
    public static RunRequest of(ContainerRequest container) {
        return new RunRequest(container, null, null, null, false, false);
    }
}
