package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "push", description = "Pushes an image of the daemon to registries.")
final class PushCommand extends DaemonCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The name to push; the same as --image NAME -t NAME.")
    private String name;

    @Option(names = "--image", paramLabel = "ID|REF", description = "The image to push.")
    private String image;

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "The name to push it under; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--via",
            paramLabel = "engine|agent",
            description =
                    "Who pushes: the daemon, or this machine past the daemon, which then need not trust the registry.")
    private String via;

    private PushRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        List<String> names = new ArrayList<>(tags);
        if (name != null) {
            names.add(0, name);
        }
        String chosen = image == null ? name : image;
        if (chosen == null || names.isEmpty()) {
            throw new UsageException(
                    "could not push", "it needs an image and a name", "Write push NAME, or push --image ID -t NAME");
        }
        request = new PushRequest(image(registries, chosen), references(registries, names), PushVia.parse(via));
    }

    @Override
    List<ImageReference> remoteNames() {
        return request.tags();
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        PushResult result = engine.push(request);
        var document = Report.object().put("imageId", result.imageId().toString());
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
