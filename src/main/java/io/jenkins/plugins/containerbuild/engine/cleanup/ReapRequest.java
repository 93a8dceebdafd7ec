package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks for everything to be removed that was to live no longer than somebody who is gone. The dead are named, and not the
 * living: a build that begins meanwhile is safe.
 *
 * @param controller whose things; those of others stay, whatever else their labels say. Not null
 * @param builds builds that have ended
 * @param jobs full names of jobs that are gone, as the labels have them
 */
public record ReapRequest(String controller, Set<String> builds, Set<String> jobs) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the sets. */
    public ReapRequest {
        Objects.requireNonNull(controller, "controller");
        builds = new TreeSet<>(builds);
        jobs = new TreeSet<>(jobs);
    }

    /** What builds have left that have ended. */
    public static ReapRequest ofBuilds(String controller, Set<String> builds) {
        return new ReapRequest(controller, builds, Set.of());
    }

    /** Whether nobody is gone. */
    public boolean isEmpty() {
        return builds.isEmpty() && jobs.isEmpty();
    }
}
