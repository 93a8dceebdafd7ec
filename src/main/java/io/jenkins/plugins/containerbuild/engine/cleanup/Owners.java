package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * For whom a controller has something in a daemon that ends with somebody. Which of them are still there only the controller
 * knows.
 *
 * @param builds builds with something that ends with them, such as {@code team/app#17}
 * @param jobs full names of jobs with something that ends with them
 */
public record Owners(Set<String> builds, Set<String> jobs) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the sets. */
    public Owners {
        builds = new TreeSet<>(builds);
        jobs = new TreeSet<>(jobs);
    }

    /** Whether nothing is there that ends with anybody. */
    public boolean isEmpty() {
        return builds.isEmpty() && jobs.isEmpty();
    }
}
