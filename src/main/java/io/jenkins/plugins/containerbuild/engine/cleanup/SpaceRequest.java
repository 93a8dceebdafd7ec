package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;
import java.util.Objects;

/**
 * Says how much space builds may keep in a daemon.
 *
 * @param controller whose volumes; not null
 * @param cacheBytes how much the daemon's build cache may take, which all who use the daemon share; null for any amount
 * @param volumeBytes how much the controller's volumes may take together; null for any amount
 */
public record SpaceRequest(String controller, Long cacheBytes, Long volumeBytes) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks the first part. */
    public SpaceRequest {
        Objects.requireNonNull(controller, "controller");
    }

    /** Whether everything may take any amount. */
    public boolean isEmpty() {
        return cacheBytes == null && volumeBytes == null;
    }
}
