package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which tags are wanted for which images.
 *
 * @param rules not null
 * @param facts what the rules go by; not null
 * @param images names without tag and digest; may be empty
 */
public record TagsRequest(TagRules rules, BuildFacts facts, List<ImageReference> images) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public TagsRequest {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(facts, "facts");
        images = List.copyOf(images);
    }

    /**
     * The tags.
     *
     * @throws InvalidRequestException when a rule fails on these facts, or an image has a tag or a digest
     */
    public TagsResult compute() throws InvalidRequestException {
        ComputedTags computed = rules.compute(facts);
        return new TagsResult(computed, computed.in(images));
    }
}
