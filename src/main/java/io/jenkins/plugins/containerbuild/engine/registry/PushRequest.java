package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import java.io.Serializable;
import java.util.List;

/**
 * Asks for an image of the daemon to be pushed.
 *
 * @param image which image
 * @param tags the names to push it under; at least one
 * @param via who pushes it
 */
public record PushRequest(ImageSelector image, List<ImageReference> tags, PushVia via) implements Serializable {

    /** Copies the list. */
    public PushRequest {
        tags = List.copyOf(tags);
    }

    /** As daemons do it. */
    public PushRequest(ImageSelector image, List<ImageReference> tags) {
        this(image, tags, PushVia.ENGINE);
    }
}
