package io.jenkins.plugins.containerbuild.operation;

import java.util.Map;

/** What a container has printed; {@code containerLogs} returns the text itself. */
public final class ContainerLog implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String text;

    ContainerLog(String text) {
        this.text = text;
    }

    @Override
    public Object value() {
        return text;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}
