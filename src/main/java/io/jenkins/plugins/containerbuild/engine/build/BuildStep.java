package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * One step of a build that ended well. Times are the daemon's where it tells any, else those of the machine where the
 * engine runs.
 *
 * @param name the instruction, as the daemon names it
 * @param cached whether the daemon took it from its cache
 * @param started when it began; not null
 * @param ended when it ended; not null
 * @param duration how long the daemon worked on it; less than the time between the two where it rested meanwhile
 * @param bytes how many bytes it moved (a base image that was pulled, a context that was sent); 0 when the daemon tells
 *     of none
 */
public record BuildStep(String name, boolean cached, Instant started, Instant ended, Duration duration, long bytes)
        implements Serializable {

    /** A step that moved nothing and did not rest. */
    public BuildStep(String name, boolean cached, Instant started, Duration duration) {
        this(name, cached, started, started.plus(duration), duration, 0);
    }
}
