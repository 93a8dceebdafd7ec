package io.jenkins.plugins.containerbuild.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads options of the form {@code NAME=VALUE}. */
final class Pairs {

    private Pairs() {}

    /**
     * The values by their names, in the order given. A name alone takes its value from the environment, and is left out
     * where that has none.
     *
     * @throws UsageException when a text has no name
     */
    static Map<String, String> read(String option, List<String> texts) throws UsageException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (key.isBlank()) {
                throw new UsageException(
                        "could not read " + option + " '" + text + "'", "it has no name", "Write NAME=VALUE");
            }
            String value = equals < 0 ? System.getenv(key) : text.substring(equals + 1);
            if (value != null) {
                pairs.put(key, value);
            }
        }
        return pairs;
    }
}
