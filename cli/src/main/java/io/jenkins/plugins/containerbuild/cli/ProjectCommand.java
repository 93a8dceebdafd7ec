package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeService;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.util.List;
import picocli.CommandLine.Option;

/** A command for a project that is up. */
abstract class ProjectCommand extends OwnedCommand {

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            required = true,
            description = "The project's name, as up printed it.")
    private String project;

    final String project() {
        return project;
    }

    @Override
    void prepare(Registries registries) throws EngineException {
        // only the daemon knows whether there is such a project
    }

    /** A container of a service, by the name that is shown for it. */
    final ComposeService service(ContainerEngine engine, String name) throws EngineException, InterruptedException {
        List<ComposeService> services = engine.compose().services(project);
        return services.stream()
                .filter(service -> service.shown().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "could not find the service " + name,
                        "the project " + project + " has "
                                + services.stream().map(ComposeService::shown).toList(),
                        "Check its name"));
    }
}
