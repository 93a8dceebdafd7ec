package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a container is made from.
 *
 * @param image by name or id; not null
 * @param pull when the image is pulled; not null
 * @param platform which one of an image of several; null for the daemon's own
 */
public record ContainerImage(ImageSelector image, PullPolicy pull, Platform platform) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Refuses null. */
    public ContainerImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(pull, "pull");
    }

    /** Pulled when the daemon does not have it. */
    public static ContainerImage of(ImageSelector image) {
        return new ContainerImage(image, PullPolicy.MISSING, null);
    }
}
