package io.jenkins.plugins.containerbuild.engine.ownership;

import java.io.Serializable;
import java.util.Objects;

/**
 * Who makes something in a daemon: a step of a build of a Jenkins controller, or the command line. Several controllers may
 * share a daemon; each knows its own things by the first of these.
 *
 * @param controller what tells this controller from every other one, such as its instance id; not null, not blank
 * @param job the full name of the job, or null when no build is at work
 * @param build what tells this build from every other one of the controller, such as {@code team/app#17}, or null
 * @param node the name of the node whose daemon it is, or null
 * @param step what tells the step from others of the build, or null
 */
public record Maker(String controller, String job, String build, String node, String step) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks the first part. */
    public Maker {
        Objects.requireNonNull(controller, "controller");
        if (controller.isBlank()) {
            throw new IllegalArgumentException("nobody is no controller");
        }
    }

    /** One that works for no build. */
    public static Maker of(String controller) {
        return new Maker(controller, null, null, null, null);
    }
}
