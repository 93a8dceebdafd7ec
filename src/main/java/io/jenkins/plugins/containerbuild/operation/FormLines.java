package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** A list as a text area shows it: one entry a line. */
final class FormLines {

    private FormLines() {}

    /** The lines without the white space around them; empty ones are dropped. */
    static List<String> read(@CheckForNull String text) {
        return text == null
                ? List.of()
                : text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** The text of a list; a new form has none. */
    static String write(@CheckForNull List<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }
}
