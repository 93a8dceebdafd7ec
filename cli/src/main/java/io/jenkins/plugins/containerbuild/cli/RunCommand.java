package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerImage;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRequest;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.engine.container.RunRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description =
                "Runs one command in a container of its own, to its end. The container is always removed, with its"
                        + " anonymous volumes.",
        exitCodeOnInvalidInput = RunCommand.NOT_RUN,
        exitCodeOnExecutionException = RunCommand.NOT_RUN,
        exitCodeList = {
            "CODE:the command's own",
            "125:it could not be run, or not to its end; the reason is on standard error"
        })
final class RunCommand extends OwnedCommand {

    /** As docker run has it, so that it is hardly ever the command's own. */
    static final int NOT_RUN = 125;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by name or id.")
    private String image;

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command and its arguments. Default: the image's own.")
    private List<String> command = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "The container's name. Default: one that is made up.")
    private String name;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long it may run, such as 90s or 1h30m. Default: no limit.")
    private String timeout;

    @Option(
            names = "--pull",
            paramLabel = "POLICY",
            description = "When to pull the image: always, missing or never. Default: missing.")
    private String pull = "missing";

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which of the image's platforms.")
    private String platform;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=VALUE",
            description = "A label; may be given several times.")
    private List<String> labels = new ArrayList<>();

    @ArgGroup(validate = false, heading = "%nProcess:%n")
    private final ProcessOptions process = new ProcessOptions();

    @ArgGroup(validate = false, heading = "%nFiles and networks:%n")
    private final SurroundingsOptions surroundings = new SurroundingsOptions();

    @ArgGroup(validate = false, heading = "%nLimits and rights:%n")
    private final LimitOptions limits = new LimitOptions();

    private ImageSelector selected;
    private RunRequest request;

    @Option(names = "--rm", description = "Does nothing: the container is removed anyway.")
    void remove(boolean always) {
        // Only so that a command line for docker run may have it.
    }

    @Override
    void prepare(Registries registries) throws EngineException {
        selected = image(registries, image);
        request = new RunRequest(
                new ContainerRequest(
                        name,
                        new ContainerImage(selected, PullPolicy.parse(pull), platform(platform)),
                        process.process(command),
                        surroundings.networking(),
                        surroundings.files(),
                        limits.limits(),
                        limits.rights(),
                        null,
                        Pairs.read("--label", labels),
                        maker(),
                        Scope.BUILD),
                Durations.parse("--timeout", timeout),
                null,
                null,
                true,
                false);
        request.container().check();
    }

    @Override
    List<ImageReference> remoteNames() {
        return selected instanceof ImageSelector.Named named ? List.of(named.reference()) : List.of();
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        RunResult result = isJson()
                ? engine.containers().run(request)
                : engine.containers().run(request, main().out(), main().err());
        return new Report(
                Report.object()
                        .put("exitCode", result.exitCode())
                        .put("output", result.output())
                        .put("truncated", result.truncated())
                        .put("durationMillis", result.duration().toMillis()),
                null,
                result.exitCode());
    }
}
