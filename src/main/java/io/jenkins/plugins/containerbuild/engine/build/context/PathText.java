package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.File;

/** Parts of patterns that are also names on disk. On Windows, where backslashes separate, nothing can be escaped. */
final class PathText {

    private static final boolean ESCAPES = File.separatorChar != '\\';

    private PathText() {}

    /** Whether a pattern stands for more than one name. */
    static boolean hasWildcards(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\' && ESCAPES) {
                i++;
            } else if (c == '*' || c == '?' || c == '[') {
                return true;
            }
        }
        return false;
    }

    /** The one name that a pattern without wildcards stands for. */
    static String unescaped(String part) {
        return ESCAPES ? part.replaceAll("\\\\(.)", "$1") : part;
    }

    /** The pattern that stands for this path alone, with slashes and without a drive. */
    static String escaped(String path) {
        return ESCAPES
                ? path.replaceAll("[\\\\*?\\[!]", "\\\\$0")
                : path.replaceFirst("^[A-Za-z]:", "").replace('\\', '/');
    }
}
