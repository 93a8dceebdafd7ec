package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.List;

/**
 * Asks for names for an image of the daemon.
 *
 * @param image which image
 * @param tags its additional names; at least one
 */
public record TagRequest(ImageSelector image, List<ImageReference> tags) implements Serializable {

    /** Copies the list. */
    public TagRequest {
        tags = List.copyOf(tags);
    }
}
