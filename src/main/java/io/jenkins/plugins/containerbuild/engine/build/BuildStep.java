package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.time.Duration;

/**
 * One step of a build that ended well.
 *
 * @param name the instruction, as the daemon names it
 * @param cached whether the daemon took it from its cache
 * @param duration how long it took, measured by the daemon where it tells, else where the engine runs
 * @param bytes how many bytes it moved (a base image that was pulled, a context that was sent); 0 when the daemon tells
 *     of none
 */
public record BuildStep(String name, boolean cached, Duration duration, long bytes) implements Serializable {

    /** A step that moved nothing. */
    public BuildStep(String name, boolean cached, Duration duration) {
        this(name, cached, duration, 0);
    }
}
