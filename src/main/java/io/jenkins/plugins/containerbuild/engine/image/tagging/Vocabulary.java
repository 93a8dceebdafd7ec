package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.util.List;
import java.util.Set;

/** Which expressions a text may hold. */
enum Vocabulary {
    /** In {@code value}, {@code prefix}, {@code suffix} and {@code enable}. */
    GLOBAL("branch", "tag", "sha", "base_ref", "is_default_branch", "is_not_default_branch", "date", "commit_date"),
    /** In the pattern of {@code semver} and {@code pep440}. */
    VERSION("raw", "version", "major", "minor", "patch"),
    /** In the pattern of {@code schedule}. */
    SCHEDULE("date", "commit_date");

    private static final Set<String> WITH_FORMAT = Set.of("date", "commit_date");

    private final List<String> names;

    Vocabulary(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }

    static boolean takesFormat(String name) {
        return WITH_FORMAT.contains(name);
    }
}
