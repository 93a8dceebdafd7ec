package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * When a container counts as ready.
 *
 * @param condition what has to be seen; not null
 * @param limit how long that may take; not null
 */
public record Readiness(Condition condition, Duration limit) implements Serializable {

    /** How long to wait unless told otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    /** As soon as it runs. */
    public static final Readiness RUNNING = new Readiness(new Running(), DEFAULT_LIMIT);

    private static final long serialVersionUID = 1L;
    private static final String PORT = "port:";
    private static final String LOG = "log:";

    /** What has to be seen. */
    public sealed interface Condition extends Serializable {}

    /** It runs. */
    public record Running() implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /** Its health check has passed. */
    public record Healthy() implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /**
     * It takes connections at a TCP port.
     *
     * @param port the container's
     */
    public record PortOpen(int port) implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /**
     * It has printed a line.
     *
     * @param pattern a regular expression that is found in the line
     */
    public record LogLine(String pattern) implements Condition {
        private static final long serialVersionUID = 1L;
    }

    /** Refuses null. */
    public Readiness {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(limit, "limit");
    }

    /**
     * Reads the option {@code waitFor}: {@code running}, {@code healthy}, {@code port:5432}, {@code log:REGEX}.
     *
     * @param text null for {@code running}
     * @param limit null for {@link #DEFAULT_LIMIT}
     * @throws InvalidRequestException when it is none of these
     */
    public static Readiness parse(String text, Duration limit) throws InvalidRequestException {
        return new Readiness(condition(text == null ? "running" : text.trim()), limit == null ? DEFAULT_LIMIT : limit);
    }

    private static Condition condition(String text) throws InvalidRequestException {
        if (text.equals("running")) {
            return new Running();
        }
        if (text.equals("healthy")) {
            return new Healthy();
        }
        if (text.startsWith(PORT) && text.substring(PORT.length()).trim().matches("[1-9][0-9]{0,4}")) {
            return new PortOpen(Integer.parseInt(text.substring(PORT.length()).trim()));
        }
        if (text.startsWith(LOG)) {
            try {
                return new LogLine(Pattern.compile(text.substring(LOG.length())).pattern());
            } catch (PatternSyntaxException e) {
                throw unreadable(text, "it is no regular expression: " + e.getDescription());
            }
        }
        throw unreadable(text, "there is no such condition");
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the option waitFor with '" + text + "'",
                why,
                "Write running, healthy, port:5432 or log:ready to accept connections");
    }
}
