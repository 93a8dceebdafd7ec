package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the docker CLI's options of several fields: {@code type=local,dest=out}. A field that holds commas stands in
 * double quotes as a whole, a quote in it is doubled: {@code type=image,"annotation.a=1,2"} (RFC 4180, as the CLI reads
 * them).
 */
final class OptionFields {

    private OptionFields() {}

    /**
     * Reads a text.
     *
     * @param option the option's name, for messages
     * @return the fields in their order, those without a {@code =} with an empty value
     * @throws InvalidRequestException when a quote is left open, a key is empty or stands twice
     */
    static Map<String, String> parse(String option, String text) throws InvalidRequestException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : split(option, text)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).trim();
            if (key.isEmpty()) {
                throw unreadable(option, text, "a field has no name");
            }
            if (fields.put(key, equals < 0 ? "" : field.substring(equals + 1)) != null) {
                throw unreadable(option, text, "the field '" + key + "' stands twice");
            }
        }
        return fields;
    }

    private static List<String> split(String option, String text) throws InvalidRequestException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (escaped) {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw unreadable(option, text, "a double quote is left open");
        }
        fields.add(field.toString());
        return fields;
    }

    private static InvalidRequestException unreadable(String option, String text, String why) {
        return new InvalidRequestException(
                "could not read the option " + option + " with '" + text + "'",
                why,
                "Write fields as key=value, separated by commas");
    }
}
