package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Tags that an image should have; what {@code containerTags} returns. No image has them yet. */
public final class ImageTags implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String version;
    private final ArrayList<String> tags;
    private final ArrayList<String> tagNames;
    private final LinkedHashMap<String, String> labels;

    private ImageTags(TagsResult answer) {
        version = answer.computed().version();
        tags = answer.names().stream()
                .map(ImageReference::familiar)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        tagNames = new ArrayList<>(answer.computed().tags());
        labels = new LinkedHashMap<>(answer.computed().labels());
    }

    static ImageTags of(TagsResult answer) {
        return new ImageTags(answer);
    }

    /** The tag of the highest priority, or null when the rules make none. */
    @CheckForNull
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** The images' names with the tags. */
    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** The tags alone. */
    @Whitelisted
    public List<String> getTagNames() {
        return Collections.unmodifiableList(tagNames);
    }

    /** The OCI's labels: revision, source, created and the like, as far as they are known. */
    @Whitelisted
    public Map<String, String> getLabels() {
        return Collections.unmodifiableMap(labels);
    }

    /** The same as annotations, {@code key=value}. */
    @Whitelisted
    public List<String> getAnnotations() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + '=' + label.getValue())
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(RULED_TAGS, String.join(" ", tags.isEmpty() ? tagNames : tags));
        if (version != null) {
            variables.put(RULED_VERSION, version);
        }
        return variables;
    }

    /** The names, or the tags alone where there is no image, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return String.join(" ", tags.isEmpty() ? tagNames : tags);
    }
}
