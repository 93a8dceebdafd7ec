package io.jenkins.plugins.containerbuild.engine.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What registries and token services send along with an error status. */
public final class ErrorDocument {

    /** The distribution specification's form, and what other services have made of it. */
    private static final List<String> REASONS = List.of("/errors/0/message", "/errors/0/code", "/details", "/message");

    private ErrorDocument() {}

    /** The reason, fit for a line of text; empty when there is none. */
    public static String reason(JsonNode document) {
        for (String pointer : REASONS) {
            JsonNode node = document.at(pointer);
            if (node.isTextual() && !node.textValue().isBlank()) {
                return Excerpt.of(node.textValue());
            }
        }
        return "";
    }
}
