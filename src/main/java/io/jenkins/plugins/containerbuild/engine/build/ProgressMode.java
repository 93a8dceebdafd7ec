package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Locale;

/** How a build tells of its progress. */
public enum ProgressMode {
    /** Every step when it begins and ends, and all that it prints. */
    PLAIN,
    /** One line for each step that ended, and what steps print only when one fails. */
    COMPACT,
    /** Warnings, errors and the result alone. */
    QUIET,
    /** What the daemon tells, as one JSON document a line. */
    RAWJSON;

    /**
     * Reads the option.
     *
     * @throws InvalidRequestException when the text names none of them
     */
    public static ProgressMode parse(String text) throws InvalidRequestException {
        for (ProgressMode mode : values()) {
            if (mode.toString().equals(text.trim())) {
                return mode;
            }
        }
        throw new InvalidRequestException(
                "could not use the option progress with '" + text + "'",
                "there is no such kind of progress",
                "Write plain, compact, quiet or rawjson");
    }

    /** The option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
