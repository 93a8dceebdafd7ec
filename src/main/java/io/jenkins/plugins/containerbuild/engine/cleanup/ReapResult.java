package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;
import java.util.List;

/**
 * What came of it.
 *
 * @param removed what is gone, in the order in which it went
 * @param left what should be gone and is not
 */
public record ReapResult(List<Remnant> removed, List<LeftRemnant> left) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public ReapResult {
        removed = List.copyOf(removed);
        left = List.copyOf(left);
    }
}
