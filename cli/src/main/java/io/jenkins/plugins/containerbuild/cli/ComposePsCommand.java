package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeService;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "ps", description = "Lists the services of a project with their states and ports.")
final class ComposePsCommand extends ProjectCommand {

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        List<ComposeService> services = engine.compose().services(project());
        ObjectNode document = Report.object();
        document.set("services", ComposeReport.services(services));
        return new Report(document, ComposeReport.lines(services));
    }
}
