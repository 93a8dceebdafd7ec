package io.jenkins.plugins.containerbuild.engine.cleanup;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Says how much space builds may keep in a daemon.
 *
 * @param controller whose volumes; not null
 * @param cacheBytes how much the daemon's build cache may take, which all who use the daemon share; null for any amount
 * @param volumeBytes how much the controller's volumes may take together; null for any amount
 * @param imageBytes how much the images may take together; null for any amount
 * @param images the ids of the images that this is about, since nothing in a daemon says whose an image is; those that may
 *     go first come first
 */
public record SpaceRequest(String controller, Long cacheBytes, Long volumeBytes, Long imageBytes, List<String> images)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks the first part, copies the list. */
    public SpaceRequest {
        Objects.requireNonNull(controller, "controller");
        images = List.copyOf(images);
    }

    /** Whether everything may take any amount. */
    public boolean isEmpty() {
        return cacheBytes == null && volumeBytes == null && imageBytes == null;
    }
}
