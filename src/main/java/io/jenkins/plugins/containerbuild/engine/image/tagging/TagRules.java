package io.jenkins.plugins.containerbuild.engine.image.tagging;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.tagging.RuleSource.Found;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules by which images are named, in the text form of docker/metadata-action, and with its meaning. Immutable.
 */
public final class TagRules implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String LATEST = "latest";
    private static final List<String> USUAL =
            List.of("type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr");

    private final ArrayList<TagRule> rules;
    private final Flavor flavor;

    private TagRules(List<TagRule> rules, Flavor flavor) {
        this.rules = new ArrayList<>(rules);
        this.flavor = flavor;
    }

    /**
     * Reads rules.
     *
     * @param rules one text each; blank ones and those that begin with {@code #} are left out. Without any, a schedule, a
     *     branch, a tag and a pull request have their usual tags
     * @param flavor what goes for all tags: {@code latest=auto}, {@code prefix=}, {@code suffix=}
     * @throws InvalidRequestException when a text cannot be read; names it, the place in it and what is allowed there
     */
    public static TagRules parse(List<String> rules, List<String> flavor) throws InvalidRequestException {
        List<String> given = meant(rules);
        List<TagRule> read = new ArrayList<>();
        for (String rule : given.isEmpty() ? USUAL : given) {
            read.add(RuleReader.read(rule));
        }
        // The sort is stable: among equals, the order in which they are written stays.
        read.sort(Comparator.comparingInt(TagRule::priority).reversed());
        return new TagRules(read, Flavor.parse(meant(flavor)));
    }

    private static List<String> meant(List<String> texts) {
        return texts.stream()
                .map(String::trim)
                .filter(text -> !text.isEmpty() && !text.startsWith("#"))
                .toList();
    }

    /**
     * The tags of a build, the one of the highest priority first, {@code latest} last.
     *
     * @throws InvalidRequestException when a rule fails on these facts
     */
    public ComputedTags compute(BuildFacts facts) throws InvalidRequestException {
        Evaluation evaluation = new Evaluation(facts);
        Set<String> tags = new LinkedHashSet<>();
        Boolean latest = null;
        for (TagRule rule : rules) {
            Found found = rule.apply(evaluation, flavor).orElse(null);
            if (found != null) {
                tags.add(found.value());
                // The first rule that makes a tag decides.
                latest = latest == null ? Boolean.valueOf(found.latest()) : latest;
            }
        }
        String version = tags.isEmpty() ? null : tags.iterator().next();
        if (Boolean.TRUE.equals(latest)) {
            tags.add(TagRule.valid(LATEST, flavor.aroundLatest().around(LATEST, evaluation)));
        }
        return new ComputedTags(version, List.copyOf(tags), new OciLabels(facts, version).all(), evaluation.notes());
    }
}
