package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for images of several platforms to be joined under one name.
 *
 * @param sources the images, by tag or by digest; each one image or an index, whose images are then taken in; at least one
 * @param tags the names that the index gets; at least one
 * @param annotations the index's annotations, by key
 */
public record MergeRequest(List<ImageReference> sources, List<ImageReference> tags, Map<String, String> annotations)
        implements Serializable {

    /** Copies the collections. */
    public MergeRequest {
        sources = List.copyOf(sources);
        tags = List.copyOf(tags);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
}
