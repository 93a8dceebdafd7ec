package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.compose.DownRequest;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Ends a project, with its volumes.")
final class ComposeDownCommand extends ProjectCommand {

    @Option(names = "--keep-volumes", description = "Leave its named volumes.")
    private boolean keepVolumes;

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        engine.compose().down(new DownRequest(project(), controller(), keepVolumes, Map.of()));
        return new Report(Report.object().put("project", project()), project());
    }
}
