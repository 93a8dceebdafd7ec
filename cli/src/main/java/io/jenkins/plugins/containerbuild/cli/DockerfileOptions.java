package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is built: the Dockerfile and what it is told. */
final class DockerfileOptions implements BuildTopic {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile; default: Dockerfile in the context.")
    private Path file;

    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to stop at.")
    private String target;

    @Option(
            names = "--build-arg",
            paramLabel = "K=V",
            description = "A build argument; K alone takes the value from the environment.")
    private List<String> buildArgs = new ArrayList<>();

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        // As with docker: the file is looked for from the current directory, not from the context.
        request.file(file == null ? null : file.toAbsolutePath().toString())
                .target(target)
                .buildArgs(Pairs.read("--build-arg", buildArgs));
    }
}
