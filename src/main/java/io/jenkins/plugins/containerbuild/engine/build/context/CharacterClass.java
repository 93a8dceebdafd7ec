package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.ArrayList;
import java.util.List;

/** A set such as {@code [a-z_]} or {@code [^0-9]}. As in the docker CLI a negated one also matches a slash. */
final class CharacterClass {

    private final boolean negated;
    private final int[] bounds;

    private CharacterClass(boolean negated, int[] bounds) {
        this.negated = negated;
        this.bounds = bounds;
    }

    boolean contains(int c) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (c >= bounds[i] && c <= bounds[i + 1]) {
                return !negated;
            }
        }
        return negated;
    }

    /**
     * Reads classes with the rules of Go's {@code filepath.Match}: {@code -} and {@code ]} inside need a backslash, and
     * there must be at least one character.
     */
    static final class Reader {

        private final int[] pattern;
        private int next;

        /** Starts behind the opening bracket. */
        Reader(int[] pattern, int next) {
            this.pattern = pattern;
            this.next = next;
        }

        /** The index behind the closing bracket. */
        int end() {
            return next;
        }

        CharacterClass read() throws BadPatternException {
            boolean negated = peek() == '^';
            if (negated) {
                next++;
            }
            List<Integer> bounds = new ArrayList<>();
            do {
                int low = character();
                int high = low;
                if (peek() == '-') {
                    next++;
                    high = character();
                }
                if (low > high) {
                    throw new BadPatternException("the range in '[...]' ends before it begins");
                }
                bounds.add(low);
                bounds.add(high);
            } while (peek() != ']');
            next++;
            return new CharacterClass(
                    negated, bounds.stream().mapToInt(Integer::intValue).toArray());
        }

        private int character() throws BadPatternException {
            int c = peek();
            if (c == '-' || c == ']') {
                throw new BadPatternException("'" + (char) c + "' inside '[...]' needs a backslash in front");
            }
            if (c == '\\') {
                next++;
                c = peek();
            }
            next++;
            return c;
        }

        private int peek() throws BadPatternException {
            if (next == pattern.length) {
                throw new BadPatternException("'[' has no ']' behind it");
            }
            return pattern[next];
        }
    }
}
