package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.image.tagging.RuleSource.Found;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule.
 *
 * @param text as it was written
 * @param priority the higher, the earlier
 * @param enable whether it is used: expands to {@code true} or {@code false}
 * @param affixes what stands around its tags
 * @param source what its tags are taken from
 */
record TagRule(String text, int priority, Template enable, Affixes affixes, RuleSource source) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern INVALID = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /**
     * The tag, made valid; nothing where the rule makes none of this build.
     *
     * @throws InvalidRequestException when the rule fails on this build's facts, or no tag comes of it
     */
    Optional<Found> apply(Evaluation evaluation, Flavor flavor) throws InvalidRequestException {
        if (!isEnabled(evaluation)) {
            return Optional.empty();
        }
        Found found = source.find(evaluation).orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        String value = affixes.orElse(flavor.affixes()).around(found.value(), evaluation);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(valid(text, value), flavor.latest().decide(found.latest())));
    }

    private boolean isEnabled(Evaluation evaluation) throws InvalidRequestException {
        String enabled = evaluation.expand(enable);
        if (!enabled.equals("true") && !enabled.equals("false")) {
            throw RuleTrouble.unusable(
                    text,
                    "'enable' is '" + Printable.shortened(enabled) + "'",
                    "Allowed are: true, false, {{is_default_branch}}, {{is_not_default_branch}}");
        }
        return enabled.equals("true");
    }

    /**
     * A text with a dash for each run of characters that a tag cannot hold.
     *
     * @throws InvalidRequestException when that is still no tag
     */
    static String valid(String rule, String value) throws InvalidRequestException {
        String tag = INVALID.matcher(value).replaceAll("-");
        if (!TAG.matcher(tag).matches()) {
            throw RuleTrouble.unusable(
                    rule,
                    "it makes '" + Printable.shortened(tag)
                            + "', and a tag begins with a letter, a digit or _ and has 128 characters at most",
                    "Give the rule a prefix, or take a part of the name with type=match");
        }
        return tag;
    }
}
