package io.jenkins.plugins.containerbuild.engine.image.tagging;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * What tag rules go by: the facts of one build. Immutable; nothing is asked of the machine, so the same facts give the
 * same tags everywhere.
 *
 * @param started when the build began; not null
 * @param ref what is built; not null
 * @param baseBranch the branch that a pull request is for, or null
 * @param commit the full hash of the commit, or null
 * @param commitDate when the commit was made, or null where nobody tells
 * @param defaultBranch the repository's default branch, or null where nobody tells
 * @param scheduled whether a timer started the build
 * @param repository the repository's address as Git was given it, or null
 */
public record BuildFacts(
        Instant started,
        GitRef ref,
        String baseBranch,
        String commit,
        Instant commitDate,
        String defaultBranch,
        boolean scheduled,
        String repository)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Refuses null where it means nothing. */
    public BuildFacts {
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ref, "ref");
    }

    /** Starts with a build of which nothing but its time is known. */
    public static Builder at(Instant started) {
        return new Builder(started);
    }

    /** Puts facts together; null is "not known" for all of them. */
    public static final class Builder {

        private final Instant started;
        private GitRef ref = GitRef.NONE;
        private String baseBranch;
        private String commit;
        private Instant commitDate;
        private String defaultBranch;
        private boolean scheduled;
        private String repository;

        private Builder(Instant started) {
            this.started = Objects.requireNonNull(started, "started");
        }

        /** See {@link BuildFacts#ref()}. */
        public Builder ref(GitRef value) {
            ref = value == null ? GitRef.NONE : value;
            return this;
        }

        /** See {@link BuildFacts#baseBranch()}. */
        public Builder baseBranch(String value) {
            baseBranch = value;
            return this;
        }

        /** See {@link BuildFacts#commit()}. */
        public Builder commit(String value) {
            commit = value;
            return this;
        }

        /** See {@link BuildFacts#commitDate()}. */
        public Builder commitDate(Instant value) {
            commitDate = value;
            return this;
        }

        /** See {@link BuildFacts#defaultBranch()}. */
        public Builder defaultBranch(String value) {
            defaultBranch = value;
            return this;
        }

        /** See {@link BuildFacts#scheduled()}. */
        public Builder scheduled(boolean value) {
            scheduled = value;
            return this;
        }

        /** See {@link BuildFacts#repository()}. */
        public Builder repository(String value) {
            repository = value;
            return this;
        }

        /** The facts; the builder can go on to be used. */
        public BuildFacts build() {
            return new BuildFacts(started, ref, baseBranch, commit, commitDate, defaultBranch, scheduled, repository);
        }
    }
}
