package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.Objects;

/**
 * Asks for an image to be deleted in its registry.
 *
 * @param image the image, by tag or by digest; with both, the tag has to lead to the digest
 * @param policy what must not be deleted
 */
public record DeleteRequest(ImageReference image, DeletionPolicy policy) implements Serializable {

    /** Refuses missing parts. */
    public DeleteRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(policy, "policy");
    }
}
