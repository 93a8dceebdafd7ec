package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.time.Duration;

/**
 * One step of a build that ended well.
 *
 * @param name the instruction, as the daemon names it
 * @param cached whether the daemon took it from its cache
 * @param duration how long it took, measured where the engine runs
 */
public record BuildStep(String name, boolean cached, Duration duration) implements Serializable {}
