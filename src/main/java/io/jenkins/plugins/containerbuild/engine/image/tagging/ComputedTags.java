package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
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
    private static final String ANNOTATED = "manifest";

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

    /**
     * Has a build give its image these tags and labels, and the labels as annotations, too. Labels and annotations of users
     * win.
     *
     * @param images the names that get the tags, without tag and digest; empty for those of {@code fixed}
     * @param fixed the names that the image gets anyway
     * @param own the users' labels; those of the same names are annotations, too
     * @throws InvalidRequestException when there is no name, or one has a tag or a digest
     */
    public void addTo(
            BuildRequest.Builder request,
            List<ImageReference> images,
            List<ImageReference> fixed,
            Map<String, String> own)
            throws InvalidRequestException {
        List<ImageReference> named = images.isEmpty() ? repositories(fixed) : images;
        if (named.isEmpty()) {
            throw new InvalidRequestException(
                    "could not apply the tag rules",
                    "there is no image that they are for",
                    "Name it with tagImages, for example registry.example:5000/team/app");
        }
        List<ImageReference> names = new ArrayList<>(in(named));
        names.removeAll(fixed.stream().map(ImageReference::withDefaultTag).toList());
        Map<String, String> unsaid = new LinkedHashMap<>(labels);
        unsaid.keySet().removeAll(own.keySet());
        request.tags(names).labels(unsaid).impliedAnnotations(annotations(own));
    }

    private static List<ImageReference> repositories(List<ImageReference> names) {
        return names.stream()
                .map(name -> ImageReference.parse(name.repository()))
                .distinct()
                .toList();
    }

    private List<Annotation> annotations(Map<String, String> own) {
        return labels.entrySet().stream()
                .map(label ->
                        new Annotation(ANNOTATED, label.getKey(), own.getOrDefault(label.getKey(), label.getValue())))
                .toList();
    }
}
