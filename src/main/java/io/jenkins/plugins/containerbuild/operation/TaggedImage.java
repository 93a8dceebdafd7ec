package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that got names; what {@code containerTag} returns. */
public final class TaggedImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final ArrayList<String> tags;

    private TaggedImage(TagResult answer) {
        id = answer.imageId().toString();
        tags = answer.tags().stream()
                .map(ImageReference::toString)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    static TaggedImage of(TagResult answer) {
        return new TaggedImage(answer);
    }

    /** The image's id in the daemon. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The names that were added. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(id, null, tags);
    }

    /** The id, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return id;
    }
}
