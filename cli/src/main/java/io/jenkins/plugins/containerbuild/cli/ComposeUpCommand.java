package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeFiles;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeRequest;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "up", description = "Brings a project up and waits until its services are ready.")
final class ComposeUpCommand extends OwnedCommand {

    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "The services. Default: all of them.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A Compose file; may be given several times. Default: the usual names.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "The project's name. Default: one that nobody has.")
    private String project;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile; may be given several times.")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "A variable for the files, besides those of the environment.")
    private List<String> env = new ArrayList<>();

    @Option(names = "--build", description = "Build images although they are there.")
    private boolean build;

    @Option(
            names = "--pull",
            paramLabel = "POLICY",
            description = "When images are pulled: missing, always or never. Default: what the files say.")
    private String pull;

    @Option(names = "--no-wait", description = "Do not wait until all services are ready.")
    private boolean noWait;

    @Option(names = "--time-limit", paramLabel = "TIME", description = "How long that may take. Default: 5m.")
    private String timeLimit;

    @Option(names = "--keep-volumes", description = "Leave named volumes when it does not come up.")
    private boolean keepVolumes;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Where to write the logs of all services when it does not come up.")
    private String logs;

    private ComposeRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        String here = Path.of("").toAbsolutePath().toString();
        Duration limit = Durations.parse("--time-limit", timeLimit);
        request = new ComposeRequest(
                new ComposeFiles(files, here, here, HostPathPolicy.ANYWHERE),
                project,
                profiles,
                Pairs.read("--env", env),
                services,
                new ComposeRequest.Images(build, pull == null ? null : PullPolicy.parse(pull)),
                new ComposeRequest.Waiting(!noWait, limit == null ? ComposeRequest.Waiting.DEFAULT_LIMIT : limit),
                keepVolumes,
                new ContainerRights(true, true, true),
                logs,
                maker());
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        ComposeStack stack = engine.compose().up(request);
        ObjectNode document = Report.object()
                .put("project", stack.project())
                .put("composeVersion", stack.composeVersion())
                .put("host", stack.host());
        document.set("services", ComposeReport.services(stack.services()));
        return new Report(document, stack.project());
    }
}
