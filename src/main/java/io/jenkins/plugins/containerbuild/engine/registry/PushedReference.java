package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;

/**
 * An image that stands in a registry.
 *
 * @param reference the name under which it was pushed
 * @param digest the digest of its manifest there
 */
public record PushedReference(ImageReference reference, Digest digest) implements Serializable {

    /** The name pinned to the digest, as a deployment should use it. */
    public ImageReference pinned() {
        return reference.withDigest(digest);
    }
}
