package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.Serializable;
import java.util.Objects;

/**
 * Asks what a registry has under a name.
 *
 * @param image the name, by tag or by digest
 * @param platform which of an index's images to describe; null for linux/amd64, or the first one where there is no such image
 */
public record InspectRequest(ImageReference image, Platform platform) implements Serializable {

    /** Refuses a missing name. */
    public InspectRequest {
        Objects.requireNonNull(image, "image");
    }
}
