package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.Serializable;

/**
 * An image for one platform.
 *
 * @param platform such as {@code linux/arm64}
 * @param digest the digest of its manifest
 * @param sizeBytes the size of its layers and its configuration in the registry
 */
public record RemotePlatform(String platform, Digest digest, long sizeBytes) implements Serializable {}
