package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What a build made.
 *
 * @param imageId the image's id in the daemon
 * @param tags the names that it got
 * @param sizeBytes its size in the daemon
 * @param layerCount how many layers its file system has
 * @param duration the whole call, context upload and push included
 * @param steps its steps, in the order in which they ended
 * @param pushed one entry per pushed name; empty when nothing was pushed
 */
public record BuildResult(
        Digest imageId,
        List<ImageReference> tags,
        long sizeBytes,
        int layerCount,
        Duration duration,
        List<BuildStep> steps,
        List<PushedReference> pushed)
        implements Serializable {

    /** Copies the lists. */
    public BuildResult {
        tags = List.copyOf(tags);
        steps = List.copyOf(steps);
        pushed = List.copyOf(pushed);
    }

    /**
     * The manifest digest under which the image stands in a registry; null when nothing was pushed. It is never the
     * image id.
     */
    public Digest digest() {
        return pushed.isEmpty() ? null : pushed.get(0).digest();
    }
}
