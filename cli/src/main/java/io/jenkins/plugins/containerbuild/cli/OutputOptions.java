package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What comes out: names, labels, platforms, and where it goes. */
final class OutputOptions implements BuildTopic {

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "A name for the image; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--label", paramLabel = "K=V", description = "A label for the image.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "The platform to build for.")
    private String platform;

    @Option(names = "--push", description = "Push the tags once the image is built.")
    private boolean push;

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        request.tags(EngineCommand.references(registries, tags))
                .labels(Pairs.read("--label", labels))
                .platforms(platform == null ? List.of() : List.of(EngineCommand.platform(platform)))
                .push(push);
    }
}
