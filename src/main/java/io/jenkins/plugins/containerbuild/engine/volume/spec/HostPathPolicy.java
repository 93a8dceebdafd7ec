package io.jenkins.plugins.containerbuild.engine.volume.spec;

import java.io.Serializable;
import java.util.List;

/**
 * Which host paths containers may be given. Whoever can mount a path of the daemon's host can do there whatever root can,
 * so that only paths in the workspace are allowed unless an admin allows more.
 *
 * @param anywhere whether every path is allowed
 * @param allowed absolute paths that are allowed with all below them
 */
public record HostPathPolicy(boolean anywhere, List<String> allowed) implements Serializable {

    /** Paths in the workspace alone. */
    public static final HostPathPolicy WORKSPACE = new HostPathPolicy(false, List.of());

    /** Every path: for somebody who has the daemon for themselves anyway. */
    public static final HostPathPolicy ANYWHERE = new HostPathPolicy(true, List.of());

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public HostPathPolicy {
        allowed = List.copyOf(allowed);
    }
}
