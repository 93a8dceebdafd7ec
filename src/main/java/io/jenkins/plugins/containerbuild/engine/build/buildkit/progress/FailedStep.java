package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import java.util.List;

/**
 * The piece of work that ended a build.
 *
 * @param name as the daemon names it
 * @param instruction whether it is an instruction of the Dockerfile
 * @param error the daemon's reason; empty where it gave none for this step
 * @param lastLines its last lines of output, oldest first
 */
public record FailedStep(String name, boolean instruction, String error, List<String> lastLines) {

    /** Copies the list. */
    public FailedStep {
        lastLines = List.copyOf(lastLines);
    }
}
