package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.image.tagging.Template.Expression;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of one build on their way to tags: what expressions are, and what is to be told of it. */
final class Evaluation {

    private static final int SHORT_SHA = 7;

    private final BuildFacts facts;
    private final Set<String> notes = new LinkedHashSet<>();

    Evaluation(BuildFacts facts) {
        this.facts = facts;
    }

    BuildFacts facts() {
        return facts;
    }

    void note(String text) {
        notes.add(text);
    }

    /** What users should know: why a rule of theirs made no tag. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A text with the expressions of {@link Vocabulary#GLOBAL}. */
    String expand(Template template) {
        return template.render(this::value);
    }

    private String value(Expression expression) {
        return switch (expression.name()) {
            case "branch" -> facts.ref().nameOf(GitRef.Kind.BRANCH).orElse("");
            case "tag" -> facts.ref().nameOf(GitRef.Kind.TAG).orElse("");
            case "sha" -> shortSha().orElse("");
            case "base_ref" -> baseRef();
            case "is_default_branch" -> String.valueOf(isDefaultBranch());
            case "is_not_default_branch" -> String.valueOf(!isDefaultBranch());
            default -> date(expression);
        };
    }

    /** What {@code date} and {@code commit_date} are. */
    String date(Expression expression) {
        Instant instant = expression.name().equals("date") ? facts.started() : commitDate();
        return expression.format().write(instant);
    }

    private Instant commitDate() {
        if (facts.commitDate() != null) {
            return facts.commitDate();
        }
        note("Nobody tells when the commit was made: {{commit_date}} is the date of the build");
        return facts.started();
    }

    Optional<String> shortSha() {
        return Optional.ofNullable(facts.commit()).map(sha -> sha.substring(0, Math.min(sha.length(), SHORT_SHA)));
    }

    private String baseRef() {
        GitRef.Kind kind = facts.ref().kind();
        boolean based = kind == GitRef.Kind.PULL_REQUEST || kind == GitRef.Kind.TAG;
        return based && facts.baseBranch() != null ? facts.baseBranch() : "";
    }

    private boolean isDefaultBranch() {
        Optional<String> branch = facts.ref().nameOf(GitRef.Kind.BRANCH);
        return branch.isPresent() && defaultBranch().equals(branch);
    }

    /** The repository's default branch; users learn it where nobody tells. */
    Optional<String> defaultBranch() {
        if (facts.defaultBranch() == null) {
            note("Nobody tells whether this is the default branch, so it is taken for another one: say which it is with"
                    + " defaultBranch");
        }
        return Optional.ofNullable(facts.defaultBranch());
    }
}
