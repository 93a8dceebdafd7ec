package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pull", description = "Pulls an image into the daemon.")
final class PullCommand extends DaemonCommand {

    @Parameters(paramLabel = "REF", description = "What to pull.")
    private String name;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which of the image's platforms.")
    private String platform;

    private PullRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        request = new PullRequest(registries.parse(name), platform(platform));
    }

    @Override
    List<ImageReference> remoteNames() {
        return List.of(request.reference());
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        PullResult result = engine.pull(request);
        return new Report(
                Report.object()
                        .put("reference", result.reference().familiar())
                        .put("imageId", result.imageId().toString())
                        .put("digest", result.digest().toString())
                        .put("durationMillis", result.duration().toMillis()),
                result.imageId().toString());
    }
}
