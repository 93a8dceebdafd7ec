package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How operations keep options: lists and maps copied into types that XStream writes plainly, and what is empty or the
 * default as null, so that an option that was never set leaves no trace in a job's configuration.
 */
final class OptionValues {

    private OptionValues() {}

    @CheckForNull
    static List<String> keep(@CheckForNull List<String> values) {
        return values == null || values.isEmpty() ? null : new ArrayList<>(values);
    }

    @CheckForNull
    static Map<String, String> keep(@CheckForNull Map<String, String> values) {
        return values == null || values.isEmpty() ? null : new LinkedHashMap<>(values);
    }

    @CheckForNull
    static String keep(@CheckForNull String value, String defaultValue) {
        String given = Util.fixEmptyAndTrim(value);
        return defaultValue.equals(given) ? null : given;
    }

    static List<String> get(@CheckForNull List<String> kept) {
        return kept == null ? List.of() : Collections.unmodifiableList(kept);
    }

    static Map<String, String> get(@CheckForNull Map<String, String> kept) {
        return kept == null ? Map.of() : Collections.unmodifiableMap(kept);
    }
}
