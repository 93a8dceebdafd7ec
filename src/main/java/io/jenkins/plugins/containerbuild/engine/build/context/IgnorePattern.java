package io.jenkins.plugins.containerbuild.engine.build.context;

/**
 * One pattern of an ignore file. It means what the docker CLI and BuildKit make of it, including the distinctions of
 * moby's patternmatcher: a pattern without wildcards is compared as it is, {@code **} at its very end or its very
 * beginning compares the rest with the path's beginning or end, and only the others are wildcards in the proper sense.
 * Where that implementation hands text to a regular expression by accident (backslash and letter, wildcards inside
 * brackets) the documented meaning holds here: the character itself.
 */
final class IgnorePattern {

    private enum Kind {
        EXACT,
        PREFIX,
        SUFFIX,
        GLOB
    }

    private final boolean exception;
    private final Kind kind;
    private final String text;
    private final Glob glob;

    private IgnorePattern(boolean exception, Kind kind, String text, Glob glob) {
        this.exception = exception;
        this.kind = kind;
        this.text = text;
        this.glob = glob;
    }

    /** An exception for exactly this path, whatever its characters. */
    static IgnorePattern keeping(String path) {
        return new IgnorePattern(true, Kind.EXACT, path, null);
    }

    /**
     * Reads a pattern that is trimmed, clean and relative; {@code !} in front makes it an exception.
     *
     * @throws BadPatternException when it is no pattern
     */
    static IgnorePattern parse(String pattern) throws BadPatternException {
        boolean exception = pattern.startsWith("!");
        String body = exception ? pattern.substring(1) : pattern;
        if (body.isEmpty()) {
            throw new BadPatternException("'!' needs a pattern behind it");
        }
        return new Compiler(exception, body).compile();
    }

    /** Whether it brings back what earlier patterns excluded. */
    boolean isException() {
        return exception;
    }

    boolean matches(String path) {
        return switch (kind) {
            case EXACT -> path.equals(text);
            case PREFIX -> path.startsWith(text);
            case SUFFIX -> path.endsWith(text) || text.startsWith("/") && path.equals(text.substring(1));
            case GLOB -> glob.matches(path);
        };
    }

    /** Whether some path below this directory, at any depth, may match. */
    boolean mayMatchBelow(String directory) {
        String start = directory + "/";
        return switch (kind) {
            case EXACT -> text.startsWith(start);
            case PREFIX -> text.startsWith(start) || start.startsWith(text);
            case SUFFIX -> true;
            case GLOB -> glob.canContinue(start);
        };
    }

    private static final class Compiler {

        private final boolean exception;
        private final String body;
        private final int[] pattern;
        private final Glob.Builder glob = new Glob.Builder();
        private Kind kind = Kind.EXACT;
        private int next;

        Compiler(boolean exception, String body) {
            this.exception = exception;
            this.body = body;
            this.pattern = body.codePoints().toArray();
        }

        IgnorePattern compile() throws BadPatternException {
            while (next < pattern.length) {
                step();
            }
            return switch (kind) {
                case EXACT -> new IgnorePattern(exception, kind, body, null);
                case PREFIX -> new IgnorePattern(exception, kind, body.substring(0, body.length() - 2), null);
                case SUFFIX -> new IgnorePattern(exception, kind, body.substring(2), null);
                case GLOB -> new IgnorePattern(exception, kind, body, glob.build());
            };
        }

        private void step() throws BadPatternException {
            boolean first = next == 0;
            int c = pattern[next++];
            switch (c) {
                case '*' -> star(first);
                case '?' -> {
                    glob.one();
                    kind = Kind.GLOB;
                }
                case '[' -> characterClass();
                case '\\' -> escaped();
                default -> glob.literal(c);
            }
        }

        private void star(boolean first) {
            if (!isNext('*')) {
                glob.many();
                kind = Kind.GLOB;
                return;
            }
            next++;
            if (isNext('/')) {
                next++;
            }
            if (next < pattern.length) {
                glob.directories();
                kind = Kind.GLOB;
            } else if (kind == Kind.EXACT) {
                kind = Kind.PREFIX;
            } else {
                glob.all();
                kind = Kind.GLOB;
            }
            if (first) {
                kind = Kind.SUFFIX;
            }
        }

        private void characterClass() throws BadPatternException {
            CharacterClass.Reader reader = new CharacterClass.Reader(pattern, next);
            glob.oneOf(reader.read());
            next = reader.end();
            kind = Kind.GLOB;
        }

        private void escaped() throws BadPatternException {
            if (next == pattern.length) {
                throw new BadPatternException("the backslash at its end has nothing to escape");
            }
            glob.literal(pattern[next++]);
            kind = Kind.GLOB;
        }

        private boolean isNext(int c) {
            return next < pattern.length && pattern[next] == c;
        }
    }
}
