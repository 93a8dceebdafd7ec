package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteTags;
import java.util.ArrayList;
import java.util.Map;

/** The tags of a repository; {@code containerImages} returns the list itself. */
public final class TagList implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> tags;

    private TagList(RemoteTags answer) {
        tags = new ArrayList<>(answer.tags());
    }

    static TagList of(RemoteTags answer) {
        return new TagList(answer);
    }

    @Override
    public Object value() {
        return new ArrayList<>(tags);
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}
