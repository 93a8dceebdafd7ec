package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.container.ContainerProcess;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What runs in a container, as docker run has it. */
final class ProcessOptions {

    @Option(
            names = "--entrypoint",
            paramLabel = "PROGRAM",
            description = "What runs instead of the image's entrypoint; its arguments are those of the command.")
    private String entrypoint;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME[=VALUE]",
            description = "A variable; without a value it has that of this environment.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME|UID[:GID]",
            description = "User and group inside. Default: the image's own.")
    private String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "PATH",
            description = "The working directory inside. Default: the image's own.")
    private String workdir;

    ContainerProcess process(List<String> command) throws UsageException {
        return new ContainerProcess(
                entrypoint == null ? null : List.of(entrypoint),
                command,
                Pairs.read("--env", env),
                user,
                workdir,
                false);
    }
}
