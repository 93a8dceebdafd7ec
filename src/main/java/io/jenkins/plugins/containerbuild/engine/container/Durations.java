package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times to wait, in Go's spelling, which the docker command and Compose have: {@code 1m30s}, {@code 500ms}. */
public final class Durations {

    private static final Pattern SYNTAX = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|h|m|s))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private Durations() {}

    /**
     * Reads a text.
     *
     * @param option the option's name, for messages
     * @param text may be null
     * @return null for null
     * @throws InvalidRequestException when it is no time to wait
     */
    public static Duration parse(String option, String text) throws InvalidRequestException {
        if (text == null) {
            return null;
        }
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        if (!SYNTAX.matcher(trimmed).matches()) {
            throw new InvalidRequestException(
                    "could not read the option " + option + " with '" + text + "'",
                    "it is not made of numbers with a unit h, m, s or ms",
                    "Write for example 90s, or 1m30s");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(trimmed); part.find(); ) {
            BigDecimal nanos = new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(unit(part.group(2)).toMillis()))
                    .multiply(MILLION);
            sum = sum.plusNanos(nanos.longValue());
        }
        return sum;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
        };
    }
}
