package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.image.tagging.ComputedTags;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagRules;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Names by rules, for a build. */
final class TagRuleOptions {

    @Option(
            names = "--tag-rule",
            paramLabel = "RULE",
            description =
                    "A rule by which the image is named, such as type=ref,event=branch; may be given several times.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--tag-image",
            paramLabel = "NAME",
            description = "A name that gets the tags of the rules; without it, those of --tag.")
    private List<String> images = new ArrayList<>();

    @Option(
            names = "--tag-flavor",
            paramLabel = "FLAVOR",
            description = "What goes for all these tags: latest=auto|true|false, prefix=..., suffix=...")
    private List<String> flavor = new ArrayList<>();

    @ArgGroup(validate = false)
    private final FactOptions facts = new FactOptions();

    private ComputedTags computed;

    /** Puts the tags and labels into the request. */
    void addTo(BuildRequest.Builder request, OutputOptions output, Registries registries) throws EngineException {
        if (rules.isEmpty()) {
            return;
        }
        computed = TagRules.parse(rules, flavor).compute(facts.read());
        computed.addTo(
                request,
                EngineCommand.images(registries, images),
                EngineCommand.references(registries, output.tags()),
                output.labels());
    }

    /** Lines for the log. */
    List<String> notes() {
        return computed == null ? List.of() : computed.notes();
    }
}
