package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Locale;

/** When a container's image is pulled: {@code docker run --pull}. */
public enum PullPolicy {
    /** Each time. */
    ALWAYS,
    /** When the daemon has none of this name. */
    MISSING,
    /** Not at all. */
    NEVER;

    /**
     * Reads an option.
     *
     * @param text not null
     * @throws InvalidRequestException when there is no such policy
     */
    public static PullPolicy parse(String text) throws InvalidRequestException {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "always" -> ALWAYS;
            case "missing" -> MISSING;
            case "never" -> NEVER;
            default ->
                throw new InvalidRequestException(
                        "could not read the option pull with '" + text + "'",
                        "there is no such policy",
                        "Write always, missing or never");
        };
    }
}
