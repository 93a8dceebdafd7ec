package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container's health check, as {@code docker run --health-cmd} and its sisters have it. Null leaves the rest to the image
 * or the daemon.
 *
 * @param command what {@code /bin/sh -c} runs inside
 * @param interval between two checks
 * @param timeout of one check
 * @param retries how many failures in a row make it unhealthy
 * @param startPeriod how long failures do not count
 */
public record HealthOptions(String command, Duration interval, Duration timeout, Integer retries, Duration startPeriod)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String COMMAND = "cmd";
    private static final Set<String> NAMES = Set.of(COMMAND, "interval", "timeout", "retries", "startPeriod");

    /**
     * Reads the option {@code health}.
     *
     * @param fields {@code cmd}, {@code interval}, {@code timeout}, {@code retries}, {@code startPeriod}
     * @return null when there are none
     * @throws InvalidRequestException when there is another one, or a value cannot be read
     */
    public static HealthOptions of(Map<String, String> fields) throws InvalidRequestException {
        if (fields.isEmpty()) {
            return null;
        }
        for (String name : fields.keySet()) {
            if (!NAMES.contains(name)) {
                throw new InvalidRequestException(
                        "could not read the option health",
                        "there is no '" + name + "' in it",
                        "Its names are cmd, interval, timeout, retries and startPeriod");
            }
        }
        return new HealthOptions(
                fields.get(COMMAND),
                Durations.parse("health interval", fields.get("interval")),
                Durations.parse("health timeout", fields.get("timeout")),
                retries(fields.get("retries")),
                Durations.parse("health startPeriod", fields.get("startPeriod")));
    }

    private static Integer retries(String text) throws InvalidRequestException {
        if (text == null) {
            return null;
        }
        if (!text.trim().matches("[1-9][0-9]{0,5}")) {
            throw new InvalidRequestException(
                    "could not read the option health retries with '" + text + "'",
                    "it is no number of failures",
                    "Write for example 3");
        }
        return Integer.valueOf(text.trim());
    }

    /** As the Engine's API wants it: an empty list is the image's own command. */
    List<String> test() {
        return command == null ? List.of() : List.of("CMD-SHELL", command);
    }
}
