package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of tag rules. Immutable.
 *
 * @param version the tag of the highest priority; null where there is none
 * @param tags the tags without an image's name, that one first
 * @param labels the OCI's labels by name: revision, source, created and the like, as far as they are known
 * @param notes lines for the log: why a rule made no tag
 */
public record ComputedTags(String version, List<String> tags, Map<String, String> labels, List<String> notes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public ComputedTags {
        tags = List.copyOf(tags);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        notes = List.copyOf(notes);
    }

    /**
     * The names of images with these tags, image by image.
     *
     * @param images names without tag and digest
     * @throws InvalidRequestException when one has a tag or a digest
     */
    public List<ImageReference> in(List<ImageReference> images) throws InvalidRequestException {
        List<ImageReference> names = new ArrayList<>();
        for (ImageReference image : images) {
            if (image.tag() != null || image.digest() != null) {
                throw new InvalidRequestException(
                        "could not name '" + image.familiar() + "' by tag rules",
                        "it has a tag or a digest already",
                        "Give the image's name without it; a tag that is always the same is a rule, too:"
                                + " type=raw,value=stable");
            }
            tags.forEach(tag -> names.add(image.withTag(tag)));
        }
        return names;
    }
}
