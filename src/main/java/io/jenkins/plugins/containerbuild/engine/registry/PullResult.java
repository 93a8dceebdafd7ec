package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a pull brought into the daemon.
 *
 * @param reference what was pulled
 * @param imageId its id in the daemon
 * @param digest the digest of its manifest (or index) in the registry
 * @param duration the whole call
 */
public record PullResult(ImageReference reference, Digest imageId, Digest digest, Duration duration)
        implements Serializable {}
