package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What a push put into registries.
 *
 * @param imageId the image's id in the daemon
 * @param pushed one entry per name, in the order asked for
 * @param duration the whole call
 */
public record PushResult(Digest imageId, List<PushedReference> pushed, Duration duration) implements Serializable {

    /** Copies the list. */
    public PushResult {
        pushed = List.copyOf(pushed);
    }
}
