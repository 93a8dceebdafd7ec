package io.jenkins.plugins.containerbuild.engine.ownership;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how old something may become: {@code 7d}, {@code 36h}, {@code 1d12h}; units are w, d, h, m and s. */
public final class Age {

    private static final Pattern SYNTAX = Pattern.compile("(?:\\d{1,9}[wdhms])+");
    private static final Pattern PART = Pattern.compile("(\\d+)([wdhms])");

    private Age() {}

    /**
     * Reads a text.
     *
     * @param option the option's name, for messages
     * @param text not null
     * @throws InvalidRequestException when it is no age
     */
    public static Duration parse(String option, String text) throws InvalidRequestException {
        String age = text.strip().toLowerCase(Locale.ROOT);
        if (!SYNTAX.matcher(age).matches()) {
            throw new InvalidRequestException(
                    "could not read the option " + option + " with '" + text + "'",
                    "it is not made of numbers with a unit w, d, h, m or s",
                    "Write for example 7d, or 1d12h");
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(age); part.find(); ) {
            sum = sum.plus(unit(part.group(2).charAt(0)).multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    private static Duration unit(char letter) {
        return switch (letter) {
            case 'w' -> Duration.ofDays(7);
            case 'd' -> Duration.ofDays(1);
            case 'h' -> Duration.ofHours(1);
            case 'm' -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
    }
}
