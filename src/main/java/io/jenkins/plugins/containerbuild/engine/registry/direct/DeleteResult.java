package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.List;

/**
 * An image that is no longer in its registry.
 *
 * @param image the name by which it was asked for
 * @param digest the digest of what was removed
 * @param tags the tags that led to it and are gone as well, as far as they were looked at
 */
public record DeleteResult(ImageReference image, Digest digest, List<String> tags) implements Serializable {

    /** Copies the list. */
    public DeleteResult {
        tags = List.copyOf(tags);
    }
}
