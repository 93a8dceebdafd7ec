package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.direct.IndexAnnotations;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        description =
                "Joins images that stand in registries, each for another platform, under one name. Needs no daemon.")
final class MergeCommand extends RegistryCommand {

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "The images, by tag or best by digest.")
    private List<String> sources;

    @Option(
            names = {"-t", "--tag"},
            required = true,
            paramLabel = "REF",
            description = "The name that the index gets; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--annotation",
            paramLabel = "KEY=VALUE",
            description = "An annotation of the index; may be given several times.")
    private List<String> annotations = new ArrayList<>();

    private MergeRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = new MergeRequest(
                references(registries, sources), references(registries, tags), IndexAnnotations.parse(annotations));
    }

    @Override
    List<ImageReference> remoteNames() {
        return request.tags();
    }

    @Override
    Report run(RegistryClient client) throws EngineException, InterruptedException {
        return report(client.merge(request));
    }

    private static Report report(MergeResult result) {
        ObjectNode document = Report.object().put("digest", result.digest().toString());
        ObjectNode platforms = document.putObject("platforms");
        result.platforms().forEach((platform, digest) -> platforms.put(platform, digest.toString()));
        document.set("pushed", Report.pushed(result.pushed()));
        document.put("durationMillis", result.duration().toMillis());
        return new Report(
                document,
                result.pushed().stream()
                        .map(PushedReference::pinned)
                        .map(ImageReference::familiar)
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}
