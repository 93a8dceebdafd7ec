package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as the docker CLI writes them: {@code 64m}, {@code 2g}, {@code 1048576}. */
public final class ByteSize {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,12})\\s*([bkmgt]?)(?:b|ib)?");

    private ByteSize() {}

    /**
     * Bytes in a text such as {@code 64m}; units are binary (k = 1024).
     *
     * @throws InvalidRequestException when the text is no size or above what a long can hold
     */
    public static long parse(String text) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            try {
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
            } catch (ArithmeticException tooLarge) {
                throw unreadable(text, "it is larger than any memory");
            }
        }
        throw unreadable(text, "it is not a number with an optional unit b, k, m, g or t");
    }

    private static long unit(String letter) {
        return 1L << (10 * Math.max(0, "bkmgt".indexOf(letter.isEmpty() ? "b" : letter)));
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the size '" + text + "'", why, "Write for example 64m or 2g");
    }
}
