package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.util.List;

/**
 * What a command has to tell.
 *
 * @param json for programs
 * @param text for people: the one value that a script would want; null when everything was printed already
 * @param exitCode how the command line ends
 */
record Report(ObjectNode json, String text, int exitCode) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of something that went well. */
    Report(ObjectNode json, String text) {
        this(json, text, 0);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** JSON that came from elsewhere; as a text where it is none, and null for null. */
    static JsonNode foreign(String document) {
        if (document == null) {
            return MAPPER.nullNode();
        }
        try {
            return MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(document);
        }
    }

    static ArrayNode names(List<ImageReference> references) {
        ArrayNode names = MAPPER.createArrayNode();
        references.forEach(reference -> names.add(reference.familiar()));
        return names;
    }

    static ArrayNode pushed(List<PushedReference> references) {
        ArrayNode all = MAPPER.createArrayNode();
        references.forEach(pushed -> all.addObject()
                .put("reference", pushed.reference().familiar())
                .put("digest", pushed.digest().toString()));
        return all;
    }
}
