package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads versions of semver.org as strictly as node-semver does: with or without a {@code v}, 256 characters and numbers up
 * to 2^53-1 at most.
 */
final class SemanticVersion {

    private static final int LONGEST = 256;
    private static final long LARGEST = (1L << 53) - 1;
    private static final int MOST_DIGITS = 16;
    private static final String NUMBER = "(0|[1-9]\\d*+)";
    private static final String IDENTIFIER = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern SYNTAX = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    private SemanticVersion() {}

    /** The version, or nothing where the text is none. */
    static Optional<ReadVersion> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim());
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        for (int number = 1; number <= 3; number++) {
            String digits = matcher.group(number);
            if (digits.length() > MOST_DIGITS || Long.parseLong(digits) > LARGEST) {
                return Optional.empty();
            }
        }
        String numbers = matcher.group(1) + '.' + matcher.group(2) + '.' + matcher.group(3);
        String before = matcher.group(4);
        return Optional.of(new ReadVersion(
                text,
                before == null ? numbers : numbers + '-' + before,
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                before == null));
    }
}
