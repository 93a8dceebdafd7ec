package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;
import java.util.List;

/**
 * Names that an image got.
 *
 * @param imageId the image's id in the daemon
 * @param tags the names that were added
 */
public record TagResult(Digest imageId, List<ImageReference> tags) implements Serializable {

    /** Copies the list. */
    public TagResult {
        tags = List.copyOf(tags);
    }
}
