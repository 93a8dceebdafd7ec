package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads annotations that are for an index, written as for {@code docker buildx imagetools create --annotation}. */
public final class IndexAnnotations {

    private static final String LEVEL = "index";

    private IndexAnnotations() {}

    /**
     * The values by their keys; of two with one key the last one holds.
     *
     * @param texts {@code key=value} or {@code index:key=value}
     * @throws InvalidRequestException when a text cannot be read or is for something else than the index
     */
    public static Map<String, String> parse(List<String> texts) throws InvalidRequestException {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String text : texts) {
            Annotation annotation = Annotation.parse(text, LEVEL);
            if (!annotation.level().equals(LEVEL)) {
                throw new InvalidRequestException(
                        "could not use the annotation '" + text + "'",
                        "merging makes an index and leaves the images as they are, so that there is no other level than"
                                + " index",
                        "Write index:" + annotation.key() + "=..., or annotate the images where they are built");
            }
            annotations.put(annotation.key(), annotation.value());
        }
        return annotations;
    }
}
