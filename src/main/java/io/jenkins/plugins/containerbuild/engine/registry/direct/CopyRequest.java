package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Asks for an image, or an index with all its platforms, to be brought from one name to others, bit for bit.
 *
 * @param from the name that it has, by tag or by digest
 * @param to the names that it gets, in the same or other repositories and registries; at least one
 * @param referrers whether what refers to it is brought along: signatures, SBOMs, attestations
 */
public record CopyRequest(ImageReference from, List<ImageReference> to, boolean referrers) implements Serializable {

    /** Copies the list. */
    public CopyRequest {
        Objects.requireNonNull(from, "from");
        to = List.copyOf(to);
    }
}
