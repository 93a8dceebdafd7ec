package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.util.List;

/**
 * What a builder leaves in the daemon.
 *
 * @param imageId the image's id in the daemon
 * @param steps its steps, in the order in which they ended
 */
public record BuiltImage(Digest imageId, List<BuildStep> steps) {

    /** Copies the list. */
    public BuiltImage {
        steps = List.copyOf(steps);
    }
}
