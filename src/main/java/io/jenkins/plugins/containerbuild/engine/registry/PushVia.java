package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who pushes an image of a daemon. */
public enum PushVia {
    /** The daemon; the machine that runs this where the daemon refuses a registry that its entry allows. */
    ENGINE,
    /** The machine that runs this; what the daemon thinks of the registry does not matter. */
    AGENT;

    /** As users write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads it.
     *
     * @param text null or empty for the usual way
     * @throws InvalidRequestException when there is no such way
     */
    public static PushVia parse(String text) throws InvalidRequestException {
        if (text == null || text.isEmpty()) {
            return ENGINE;
        }
        return Arrays.stream(values())
                .filter(via -> via.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "could not use the option via",
                        "'" + text + "' is none of the ways to push",
                        "Write one of: "
                                + Arrays.stream(values()).map(PushVia::text).collect(Collectors.joining(", "))));
    }
}
