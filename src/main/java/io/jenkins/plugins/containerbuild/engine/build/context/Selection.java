package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which paths are wanted: those that one set of rules matches (or all) and another one does not exclude. */
final class Selection {

    /** Null for everything. */
    private final IgnoreRules included;

    private final IgnoreRules excluded;

    private Selection(IgnoreRules included, IgnoreRules excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /** Everything but what rules exclude. */
    static Selection without(IgnoreRules excluded) {
        return new Selection(null, excluded);
    }

    /** What a daemon asks for; looks at symbolic links in the directory. */
    static Selection of(Path directory, PathPatterns patterns) throws IOException {
        return of(directory, patterns, new FollowedPaths(directory).resolve(patterns.followed()));
    }

    /** What a daemon asks for of a place that has no symbolic links. */
    static Selection ofLinkless(Path place, PathPatterns patterns) throws IOException {
        return of(place, patterns, FollowedPaths.unresolved(patterns.followed()));
    }

    private static Selection of(Path directory, PathPatterns patterns, Set<String> followed) throws IOException {
        List<String> included = new ArrayList<>(patterns.included());
        // To follow the directory itself adds nothing; it does not take back what else is asked for.
        if (!followed.contains(".")) {
            included.addAll(followed);
        }
        return new Selection(
                included.isEmpty() ? null : rules(directory, included), rules(directory, patterns.excluded()));
    }

    private static IgnoreRules rules(Path directory, List<String> patterns) throws IOException {
        IgnoreRules.Builder rules = new IgnoreRules.Builder(File.separatorChar == '\\');
        for (String pattern : patterns) {
            try {
                rules.addReceived(pattern);
            } catch (BadPatternException e) {
                throw ReadTrouble.badPattern(directory, pattern, e);
            }
        }
        return rules.build();
    }

    /** What is known above the topmost names. */
    Verdict root() {
        return new Verdict(included == null ? null : included.root(), excluded.root());
    }

    /**
     * Decides about one path.
     *
     * @param parent the verdict on the directory that it is in
     * @param path relative to the top, with slashes
     */
    Verdict judge(Verdict parent, String path) {
        return new Verdict(
                included == null ? null : included.judge(parent.included, path), excluded.judge(parent.excluded, path));
    }

    /** Whether something below an unwanted directory may be wanted, so that it has to be walked. */
    boolean mayWantBelow(Verdict verdict, String directory) {
        return (verdict.isIncluded() || included.mayMatchBelow(directory))
                && (!verdict.excluded.excluded() || excluded.mayKeepBelow(verdict.excluded, directory));
    }

    /** The result for one path, and what has to be remembered of it for the paths below. */
    static final class Verdict {

        /** The rules are the same as for what is left out; here their match means the opposite. */
        private final IgnoreRules.Verdict included;

        private final IgnoreRules.Verdict excluded;

        private Verdict(IgnoreRules.Verdict included, IgnoreRules.Verdict excluded) {
            this.included = included;
            this.excluded = excluded;
        }

        boolean wanted() {
            return isIncluded() && !excluded.excluded();
        }

        private boolean isIncluded() {
            return included == null || included.excluded();
        }
    }
}
