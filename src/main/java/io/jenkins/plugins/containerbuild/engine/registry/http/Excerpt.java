package io.jenkins.plugins.containerbuild.engine.registry.http;

/** Makes a server's words fit for the middle of a sentence: short, one line, nothing invisible. */
public final class Excerpt {

    private static final int LONGEST = 160;

    private Excerpt() {}

    /** The beginning of the text, without line ends. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.strip().codePoints().limit(LONGEST).forEach(c -> out.appendCodePoint(isVisible(c) ? c : '?'));
        return text.strip().codePointCount(0, text.strip().length()) > LONGEST ? out + "..." : out.toString();
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
