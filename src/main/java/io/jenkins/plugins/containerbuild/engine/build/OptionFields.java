package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads and writes the docker CLI's options of several fields: {@code type=local,dest=out}. A field that holds commas or
 * quotes stands in double quotes as a whole, a quote in it is doubled: {@code type=image,"annotation.a=1,2"} (RFC 4180, as
 * the CLI reads them). Upper and lower case of a field's name are the same.
 */
public final class OptionFields {

    private static final char QUOTE = '"';

    private OptionFields() {}

    /**
     * Reads a text.
     *
     * @param option the option's name, for messages
     * @return the values in their order by the fields' names, which are in lower case
     * @throws InvalidRequestException when a quote is left open or stands inside a field, or a field has no name, has no
     *     value or is there twice
     */
    static Map<String, String> parse(String option, String text) throws InvalidRequestException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : split(option, text)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                String why = field.isBlank() ? "a field is empty" : "the field '" + field + "' has no value";
                throw unreadable(option, text, why);
            }
            String key = field.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            if (key.isEmpty()) {
                throw unreadable(option, text, "a field has no name");
            }
            if (fields.put(key, field.substring(equals + 1)) != null) {
                throw unreadable(option, text, "the field '" + key + "' stands twice");
            }
        }
        return fields;
    }

    /** The text that {@link #parse} reads these fields from. */
    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey() + '=' + field.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String field) {
        return field.indexOf(',') < 0 && field.indexOf(QUOTE) < 0 ? field : QUOTE + field.replace("\"", "\"\"") + QUOTE;
    }

    /**
     * The fields of a text, without their quotes.
     *
     * @param option the option's name, for messages
     * @throws InvalidRequestException when a quote is left open or stands inside a field
     */
    public static List<String> split(String option, String text) throws InvalidRequestException {
        List<String> fields = new ArrayList<>();
        int begin = 0;
        while (begin <= text.length()) {
            boolean quoted = begin < text.length() && text.charAt(begin) == QUOTE;
            int end = quoted ? behindQuotes(option, text, begin) : comma(text, begin);
            String field = text.substring(begin, end);
            if (!quoted && field.indexOf(QUOTE) >= 0) {
                throw unreadable(
                        option, text, "a double quote stands inside the field '" + field + "', not around all of it");
            }
            fields.add(quoted ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field);
            begin = end + 1;
        }
        return fields;
    }

    private static int comma(String text, int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma;
    }

    /** Where the field ends whose opening quote stands here: at a comma or at the text's end. */
    private static int behindQuotes(String option, String text, int from) throws InvalidRequestException {
        int i = from + 1;
        while (i < text.length() && (text.charAt(i) != QUOTE || text.startsWith("\"\"", i))) {
            i += text.charAt(i) == QUOTE ? 2 : 1;
        }
        if (i >= text.length()) {
            throw unreadable(option, text, "a double quote is left open");
        }
        if (i + 1 < text.length() && text.charAt(i + 1) != ',') {
            throw unreadable(option, text, "something follows a closing double quote");
        }
        return i + 1;
    }

    private static InvalidRequestException unreadable(String option, String text, String why) {
        return new InvalidRequestException(
                "could not read the option " + option + " with '" + text + "'",
                why,
                "Write fields as key=value, separated by commas; one that holds a comma stands in double quotes");
    }
}
