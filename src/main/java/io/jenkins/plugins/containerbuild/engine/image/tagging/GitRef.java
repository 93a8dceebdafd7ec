package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a Git repository is built.
 *
 * @param kind what it is; not null
 * @param name the branch's or the tag's name without {@code refs/}, the pull request's number; empty for {@link #NONE}
 */
public record GitRef(Kind kind, String name) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nobody knows what is built. */
    public static final GitRef NONE = new GitRef(Kind.UNKNOWN, "");

    /** What can be built. */
    public enum Kind {
        /** The newest commit of a branch. */
        BRANCH,
        /** The commit that a tag names. */
        TAG,
        /** A pull or merge request. */
        PULL_REQUEST,
        /** Nobody knows. */
        UNKNOWN
    }

    /** Refuses null. */
    public GitRef {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** A branch. */
    public static GitRef branch(String name) {
        return new GitRef(Kind.BRANCH, name);
    }

    /** A tag. */
    public static GitRef tag(String name) {
        return new GitRef(Kind.TAG, name);
    }

    /** A pull request. */
    public static GitRef pullRequest(String number) {
        return new GitRef(Kind.PULL_REQUEST, number);
    }

    /** The name, where it is one of this kind. */
    Optional<String> nameOf(Kind wanted) {
        return kind == wanted ? Optional.of(name) : Optional.empty();
    }
}
