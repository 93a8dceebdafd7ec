package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.List;

/**
 * The tags of images.
 *
 * @param computed tags, labels and notes; not null
 * @param names the images with the tags, image by image; empty where there is no image
 */
public record TagsResult(ComputedTags computed, List<ImageReference> names) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public TagsResult {
        names = List.copyOf(names);
    }
}
