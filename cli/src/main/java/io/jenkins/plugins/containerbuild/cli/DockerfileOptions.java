package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is built: the Dockerfile and what it is told. */
final class DockerfileOptions implements BuildTopic {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile, or - for standard input; default: Dockerfile in the context.")
    private String file;

    @Option(names = "--target", paramLabel = "STAGE", description = "The stage to stop at.")
    private String target;

    @Option(
            names = "--build-arg",
            paramLabel = "K=V",
            description = "A build argument; K alone takes the value from the environment.")
    private List<String> buildArgs = new ArrayList<>();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=PLACE",
            description =
                    "A further context: a directory, docker-image://NAME, oci-layout://DIRECTORY:TAG, or the address"
                            + " of a Git repository or a tarball.")
    private List<String> buildContexts = new ArrayList<>();

    @Override
    public void addTo(BuildRequest.Builder request, Registries registries) throws EngineException {
        request.dockerfileInline(isStandardInput() ? standardInput() : null)
                .target(target)
                .buildArgs(Pairs.read("--build-arg", buildArgs))
                .buildContexts(Pairs.read("--build-context", buildContexts));
    }

    /**
     * The Dockerfile's path; null for the usual one, and for one that is no file.
     *
     * @param remoteContext whether the context is an address; a relative path is then one in it
     */
    String file(boolean remoteContext) {
        if (file == null || isStandardInput()) {
            return null;
        }
        // As with docker: the file is looked for from the current directory, not from the context.
        return remoteContext ? file : Path.of(file).toAbsolutePath().toString();
    }

    private boolean isStandardInput() {
        return "-".equals(file);
    }

    private static String standardInput() throws EngineException {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EngineException(
                    "could not read the Dockerfile from standard input",
                    String.valueOf(e.getMessage()),
                    "Give a file by --file",
                    e);
        }
    }
}
