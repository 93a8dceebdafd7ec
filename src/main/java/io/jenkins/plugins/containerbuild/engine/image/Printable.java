package io.jenkins.plugins.containerbuild.engine.image;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text from anywhere, such as names and answers that somebody else wrote, fit for one line of a log. */
public final class Printable {

    /** Long enough for every name that people type, short enough for one line. */
    static final int LONGEST = 120;

    private static final Pattern USER_INFO = Pattern.compile("://[^/@]++@");

    private Printable() {}

    /** The text with its beginning only when it is long, and without a pasted URL's user name and password. */
    public static String shortened(String text) {
        String harmless = USER_INFO.matcher(text).replaceAll("://...@");
        if (harmless.length() <= LONGEST) {
            return escaped(harmless);
        }
        int end = Character.isHighSurrogate(harmless.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return escaped(harmless.substring(0, end)) + "... (" + text.length() + " characters)";
    }

    /** The text with control, format and other invisible characters written as {@code \\u001b}. */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(out, c));
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (isVisible(c)) {
            out.appendCodePoint(c);
        } else if (Character.isBmpCodePoint(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            out.append(String.format(Locale.ROOT, "\\U%08x", c));
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
