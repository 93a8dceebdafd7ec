package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often images may still be pulled, as Docker Hub tells it along with a manifest ("Docker Hub usage and limits":
 * {@code RateLimit-Limit: 100;w=21600}, {@code RateLimit-Remaining: 76;w=21600}).
 *
 * @param limit pulls within the window
 * @param remaining how many of them are left
 * @param window the time that they are counted over
 */
public record PullQuota(int limit, int remaining, Duration window) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:;w=(\\d{1,9}))?(?:[;,].*)?");

    /**
     * Reads the two headers; an empty text where there is none.
     *
     * @return nothing when they tell of no quota
     */
    public static Optional<PullQuota> of(String limitHeader, String remainingHeader) {
        Matcher limit = FORM.matcher(limitHeader.strip());
        Matcher remaining = FORM.matcher(remainingHeader.strip());
        if (!limit.matches() || !remaining.matches()) {
            return Optional.empty();
        }
        long seconds = limit.group(2) == null ? 0 : Long.parseLong(limit.group(2));
        return Optional.of(new PullQuota(
                Integer.parseInt(limit.group(1)), Integer.parseInt(remaining.group(1)), Duration.ofSeconds(seconds)));
    }

    /** Whether less than a fifth is left. */
    public boolean isLow() {
        return remaining * 5L < limit;
    }

    /** For a message: {@code 12 of 100 pulls within 6 hours are left}. */
    public String words() {
        String within = window.isZero()
                ? ""
                : window.toMinutesPart() == 0 && window.toHours() > 0
                        ? " within " + window.toHours() + " hours"
                        : " within " + window.toSeconds() + " seconds";
        return remaining + " of " + limit + " pulls" + within + " are left";
    }
}
