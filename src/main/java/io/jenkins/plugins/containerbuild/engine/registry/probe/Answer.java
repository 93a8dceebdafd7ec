package io.jenkins.plugins.containerbuild.engine.registry.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.containerbuild.engine.registry.http.ErrorDocument;
import java.util.List;
import java.util.Locale;

/**
 * The parts of an HTTP answer that the test looks at; all of them are the other side's words.
 *
 * @param status the status code
 * @param contentType the media type's header, or an empty text
 * @param challenges every WWW-Authenticate header
 * @param apiVersion the Docker-Distribution-Api-Version header, or an empty text
 * @param location where a redirect points, or an empty text
 * @param retryAfter the Retry-After header, or an empty text
 * @param body the beginning of the body
 */
record Answer(
        int status,
        String contentType,
        List<String> challenges,
        String apiVersion,
        String location,
        String retryAfter,
        String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    boolean isHtml() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/html")
                || body.stripLeading().startsWith("<");
    }

    /** Whether a successful answer to {@code GET /v2/} comes from a registry: it says so, or sends JSON or nothing. */
    boolean speaksRegistry() {
        if (!apiVersion.isEmpty()) {
            return apiVersion.toLowerCase(Locale.ROOT).startsWith("registry/2");
        }
        return !isHtml() && (body.isBlank() || json().isObject());
    }

    /** The body as JSON; a missing node when it is none. */
    JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The reason that a registry or token service gives for an error status, fit for a line of text; or nothing. */
    String reason() {
        return ErrorDocument.reason(json());
    }
}
