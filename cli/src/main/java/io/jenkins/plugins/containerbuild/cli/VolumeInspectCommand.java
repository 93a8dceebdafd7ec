package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "Shows what the daemon knows of a volume.")
final class VolumeInspectCommand extends DaemonCommand {

    @Parameters(paramLabel = "VOLUME", description = "The volume's name.")
    private String name;

    @Override
    void prepare(Registries registries) {
        // The name is checked when it is looked up.
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        ObjectNode document = VolumeReport.details(engine.volumes().inspect(name));
        return new Report(document, document.toPrettyString());
    }
}
