package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The sources of all types but the versions. */
final class RuleSources {

    private RuleSources() {}

    /** {@code type=schedule}. */
    record Schedule(Template pattern) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) {
            return evaluation.facts().scheduled()
                    ? Optional.of(new Found(pattern.render(evaluation::date), false))
                    : Optional.empty();
        }
    }

    /**
     * {@code type=match}.
     *
     * @param value instead of the Git tag, or null
     */
    record Match(TextPattern pattern, int group, Template value) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) throws InvalidRequestException {
            String text = givenOrTag(value, evaluation).orElse(null);
            if (text == null) {
                return Optional.empty();
            }
            List<String> groups = pattern.groups(text);
            if (groups.isEmpty()) {
                evaluation.note("type=match: '" + pattern + "' does not match '" + Printable.shortened(text) + "'");
                return Optional.empty();
            }
            String found = group < groups.size() ? groups.get(group) : null;
            if (found == null) {
                evaluation.note("type=match: '" + pattern + "' has no group " + group + " in '"
                        + Printable.shortened(text) + "'");
            }
            return Optional.ofNullable(found).map(part -> new Found(part, true));
        }
    }

    /** {@code type=ref}. */
    record Ref(GitRef.Kind event) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) {
            return evaluation.facts().ref().nameOf(event).map(name -> new Found(name, event == GitRef.Kind.TAG));
        }
    }

    /**
     * {@code type=edge}.
     *
     * @param branch instead of the default branch, or null
     */
    record Edge(String branch) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) {
            Optional<String> built = evaluation.facts().ref().nameOf(GitRef.Kind.BRANCH);
            if (built.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> wanted = branch == null ? evaluation.defaultBranch() : Optional.of(branch);
            return wanted.equals(built) ? Optional.of(new Found("edge", false)) : Optional.empty();
        }
    }

    /** {@code type=raw}. */
    record Raw(Template value) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) {
            return Optional.of(new Found(evaluation.expand(value), false));
        }
    }

    /** {@code type=sha}. */
    record Sha(boolean isShort) implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) {
            String commit = evaluation.facts().commit();
            if (commit == null) {
                evaluation.note("type=sha: nobody tells which commit is built");
                return Optional.empty();
            }
            return (isShort ? evaluation.shortSha() : Optional.of(commit)).map(sha -> new Found(sha, false));
        }
    }

    /**
     * {@code type=semver} and {@code type=pep440}.
     *
     * @param scheme how versions are written
     * @param value instead of the Git tag, or null
     * @param match whose first group is the version, or null
     */
    record Version(String rule, Scheme scheme, Template pattern, Template value, TextPattern match)
            implements RuleSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<Found> find(Evaluation evaluation) throws InvalidRequestException {
            String given = givenOrTag(value, evaluation).orElse(null);
            if (given == null) {
                return Optional.empty();
            }
            String text = matched(given, evaluation).replace('/', '-');
            Optional<ReadVersion> version = scheme.read(text);
            if (version.isEmpty()) {
                evaluation.note(scheme + ": '" + Printable.shortened(text) + "' is no version");
            }
            return version.map(this::found);
        }

        private String matched(String text, Evaluation evaluation) throws InvalidRequestException {
            List<String> groups = match == null ? List.of(text, text) : match.groups(text);
            if (groups.isEmpty()) {
                evaluation.note(scheme + ": '" + match + "' does not match '" + Printable.shortened(text) + "'");
                return text;
            }
            if (groups.size() < 2 || groups.get(1) == null) {
                throw RuleTrouble.unusable(
                        rule,
                        "'match' has no group that is found in '" + Printable.shortened(text) + "'",
                        "Put the version in parentheses: \"match=app-v(.*)\"");
            }
            return groups.get(1);
        }

        /** What comes before or after a release moves neither 1.2 nor latest. */
        private Found found(ReadVersion version) {
            if (version.release()) {
                return new Found(pattern.render(expression -> version.value(expression.name())), true);
            }
            return new Found(pattern.isOnly("raw") ? version.raw() : version.version(), false);
        }
    }

    /** How versions are written. */
    enum Scheme {
        SEMVER(SemanticVersion::parse),
        PEP440(PythonVersion::parse);

        private final Function<String, Optional<ReadVersion>> reader;

        Scheme(Function<String, Optional<ReadVersion>> reader) {
            this.reader = reader;
        }

        Optional<ReadVersion> read(String text) {
            return reader.apply(text);
        }

        @Override
        public String toString() {
            return this == SEMVER ? "type=semver" : "type=pep440";
        }
    }

    /** What the rule gives itself, else the name of the Git tag. */
    private static Optional<String> givenOrTag(Template value, Evaluation evaluation) {
        return value == null ? evaluation.facts().ref().nameOf(GitRef.Kind.TAG) : Optional.of(evaluation.expand(value));
    }
}
