package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.io.Serializable;

/**
 * Asks the daemon to pull an image.
 *
 * @param reference what to pull
 * @param platform which of its platforms, or null for the daemon's own
 */
public record PullRequest(ImageReference reference, Platform platform) implements Serializable {}
