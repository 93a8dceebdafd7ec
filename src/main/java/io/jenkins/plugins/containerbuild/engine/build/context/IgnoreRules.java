package io.jenkins.plugins.containerbuild.engine.build.context;

import java.util.ArrayList;
import java.util.List;

/**
 * Which files a {@code .dockerignore} leaves out. Patterns are applied in their order and the last one that matches a
 * path or one of its parent directories decides, as in the docker CLI and BuildKit (moby's patternmatcher).
 */
final class IgnoreRules {

    static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = patterns;
    }

    /** These rules and, where they exclude the path, an exception for it. */
    IgnoreRules keeping(String path) {
        if (!excludes(path)) {
            return this;
        }
        List<IgnorePattern> more = new ArrayList<>(patterns);
        more.add(IgnorePattern.keeping(path));
        return new IgnoreRules(List.copyOf(more));
    }

    /** What is known above the topmost names. */
    Verdict root() {
        return new Verdict(false, new boolean[patterns.size()]);
    }

    /**
     * Decides about one path.
     *
     * @param parent the verdict on the directory that it is in
     * @param path relative to the context, with slashes
     */
    Verdict judge(Verdict parent, String path) {
        boolean[] matched = new boolean[patterns.size()];
        boolean excluded = false;
        for (int i = 0; i < matched.length; i++) {
            IgnorePattern pattern = patterns.get(i);
            // A pattern that could change nothing is not tried and does not count as matching further down either.
            matched[i] = parent.matched[i] || pattern.isException() == excluded && pattern.matches(path);
            if (matched[i]) {
                excluded = !pattern.isException();
            }
        }
        return new Verdict(excluded, matched);
    }

    /** Whether an exception may bring back something below an excluded directory, so that it has to be walked. */
    boolean mayKeepBelow(Verdict verdict, String directory) {
        for (int i = patterns.size() - 1; i >= 0 && !verdict.matched[i]; i--) {
            if (patterns.get(i).isException() && patterns.get(i).mayMatchBelow(directory)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something below a directory that did not match may match. */
    boolean mayMatchBelow(String directory) {
        return patterns.stream().anyMatch(pattern -> !pattern.isException() && pattern.mayMatchBelow(directory));
    }

    /** Whether a single path is left out. */
    boolean excludes(String path) {
        Verdict verdict = root();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            verdict = judge(verdict, path.substring(0, slash));
        }
        return judge(verdict, path).excluded();
    }

    /** The result for one path, and what has to be remembered of it for the paths below. */
    static final class Verdict {

        private final boolean excluded;
        private final boolean[] matched;

        private Verdict(boolean excluded, boolean[] matched) {
            this.excluded = excluded;
            this.matched = matched;
        }

        boolean excluded() {
            return excluded;
        }
    }

    /** Takes an ignore file's lines one by one, so that a bad one can be named by its number. */
    static final class Builder {

        private final boolean backslashSeparates;
        private final List<IgnorePattern> patterns = new ArrayList<>();

        /**
         * @param backslashSeparates whether backslashes separate directories, as on Windows, instead of escaping
         */
        Builder(boolean backslashSeparates) {
            this.backslashSeparates = backslashSeparates;
        }

        void add(String line) throws BadPatternException {
            String pattern = IgnoreLine.pattern(line, backslashSeparates);
            if (!pattern.isEmpty()) {
                patterns.add(IgnorePattern.parse(pattern));
            }
        }

        /** Takes a pattern that a daemon sent, which read the ignore file itself. */
        void addReceived(String text) throws BadPatternException {
            String pattern = IgnoreLine.received(text, backslashSeparates);
            if (!pattern.isEmpty()) {
                patterns.add(IgnorePattern.parse(pattern));
            }
        }

        IgnoreRules build() {
            return new IgnoreRules(List.copyOf(patterns));
        }
    }
}
