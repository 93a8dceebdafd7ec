package io.jenkins.plugins.containerbuild.engine.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes BuildKit's progress as JSON, one document a line. */
final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    static String of(Map<String, Object> document) {
        try {
            return MAPPER.writeValueAsString(json(document));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not for JSON: " + document, e);
        }
    }

    private static Object json(Object value) {
        if (value instanceof EngineEvent.Encoded encoded) {
            return encoded.text().getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonText::json).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, json(entry)));
            return copy;
        }
        return value;
    }
}
