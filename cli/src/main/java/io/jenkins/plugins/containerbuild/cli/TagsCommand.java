package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.tagging.ComputedTags;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagRules;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsRequest;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsResult;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "tags", description = "Says by rules which tags an image should have. Needs no daemon and no registry.")
final class TagsCommand extends EngineCommand {

    @Parameters(arity = "0..*", paramLabel = "IMAGE", description = "The names that get the tags, without any.")
    private List<String> images = new ArrayList<>();

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description =
                    "A rule, such as type=ref,event=branch; may be given several times. Without any, a schedule, a"
                            + " branch, a Git tag and a pull request have their usual tags.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--flavor",
            paramLabel = "FLAVOR",
            description = "What goes for all tags: latest=auto|true|false, prefix=..., suffix=...")
    private List<String> flavor = new ArrayList<>();

    @ArgGroup(validate = false, heading = "%nWhat is built:%n")
    private final FactOptions facts = new FactOptions();

    private TagsResult result;

    @Override
    void prepare(Registries registries) throws EngineException {
        result = new TagsRequest(TagRules.parse(rules, flavor), facts.read(), images(registries, images)).compute();
    }

    @Override
    Report open(
            EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener) {
        ComputedTags computed = result.computed();
        computed.notes().forEach(note -> listener.on(new EngineEvent.Note(note)));
        ObjectNode document = Report.object().put("version", computed.version());
        document.set("tags", Report.names(result.names()));
        ArrayNode tagNames = document.putArray("tagNames");
        computed.tags().forEach(tagNames::add);
        ObjectNode labels = document.putObject("labels");
        computed.labels().forEach(labels::put);
        return new Report(document, text());
    }

    /** The names, or the tags alone where there is no image; nothing at all where there are none. */
    private String text() {
        List<String> lines = images.isEmpty()
                ? result.computed().tags()
                : result.names().stream().map(ImageReference::familiar).toList();
        return lines.isEmpty() ? null : String.join(System.lineSeparator(), lines);
    }
}
