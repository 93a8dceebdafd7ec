package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a BuildKit daemon tells of itself.
 *
 * @param uri its address
 * @param version BuildKit's version; "unknown" when it does not tell
 * @param workers what does the work; never empty
 */
public record BuilderInfo(String uri, String version, List<Worker> workers) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public BuilderInfo {
        workers = List.copyOf(workers);
    }

    /**
     * One of a daemon's workers.
     *
     * @param id as the daemon calls it
     * @param kind how it runs commands and keeps layers: "oci, overlayfs"; empty when the daemon does not tell
     * @param platforms what it can build for, its own first: "linux/amd64"
     */
    public record Worker(String id, String kind, List<String> platforms) implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Copies the list. */
        public Worker {
            platforms = List.copyOf(platforms);
        }
    }

    /** The platforms of all workers, each once. */
    public List<String> platforms() {
        Set<String> all = new LinkedHashSet<>();
        workers.forEach(worker -> all.addAll(worker.platforms()));
        return List.copyOf(all);
    }
}
