package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.util.List;

/**
 * How a layer was pushed before.
 *
 * @param digest the digest of what registries have of it
 * @param size bytes of that
 * @param repositories where it went, without tags, the last one first
 */
public record KnownLayer(Digest digest, long size, List<String> repositories) {

    /** Copies the list. */
    public KnownLayer {
        repositories = List.copyOf(repositories);
    }
}
