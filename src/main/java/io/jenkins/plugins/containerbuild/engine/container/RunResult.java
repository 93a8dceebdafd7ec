package io.jenkins.plugins.containerbuild.engine.container;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a command ended.
 *
 * @param exitCode its exit code
 * @param output its standard output, at most {@link CapturedText#LIMIT} bytes of it; empty when a file got it
 * @param truncated whether there was more
 * @param duration how long it ran
 */
public record RunResult(int exitCode, String output, boolean truncated, Duration duration) implements Serializable {

    private static final long serialVersionUID = 1L;
}
