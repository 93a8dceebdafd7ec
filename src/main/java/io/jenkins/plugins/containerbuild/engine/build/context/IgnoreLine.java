package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.ArrayDeque;
import java.util.Deque;

/** Brings a line of an ignore file into the form that {@link IgnorePattern} reads. */
final class IgnoreLine {

    private IgnoreLine() {}

    /**
     * The pattern in a line, or nothing for blank lines and comments. Leading slashes, {@code .} and {@code ..} are
     * resolved; only a {@code #} in the first column starts a comment.
     *
     * @param backslashSeparates whether backslashes separate directories, as on Windows, instead of escaping
     */
    static String pattern(String line, boolean backslashSeparates) {
        if (line.startsWith("#")) {
            return "";
        }
        String text = trim(backslashSeparates ? line.replace('\\', '/') : line);
        if (text.isEmpty()) {
            return "";
        }
        boolean exception = text.charAt(0) == '!';
        String body = exception ? trim(text.substring(1)) : text;
        if (!body.isEmpty()) {
            String clean = clean(body);
            body = clean.length() > 1 && clean.charAt(0) == '/' ? clean.substring(1) : clean;
        }
        return exception ? clean("!" + body) : body;
    }

    /**
     * The pattern in what came out of an ignore file elsewhere, or nothing for blanks: without comments and leading
     * slashes, which are ordinary characters here.
     *
     * @param backslashSeparates whether backslashes separate directories, as on Windows, instead of escaping
     */
    static String received(String pattern, boolean backslashSeparates) {
        String text = trim(backslashSeparates ? pattern.replace('\\', '/') : pattern);
        return text.isEmpty() ? text : clean(text);
    }

    /** The shortest path that means the same, as Go's {@code path.Clean}. */
    static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                climb(parts, absolute);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        if (absolute) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    private static void climb(Deque<String> parts, boolean absolute) {
        if (!parts.isEmpty() && !parts.getLast().equals("..")) {
            parts.removeLast();
        } else if (!absolute) {
            parts.addLast("..");
        }
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Go's {@code unicode.IsSpace}; Java's own notions differ in no-break spaces and separators. */
    private static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c == '\u0085' || Character.isSpaceChar(c);
    }
}
