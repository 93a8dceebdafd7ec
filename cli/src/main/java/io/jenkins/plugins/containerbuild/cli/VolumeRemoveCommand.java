package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Removes volumes that nobody uses.")
final class VolumeRemoveCommand extends OwnedCommand {

    @Parameters(arity = "1..*", paramLabel = "VOLUME", description = "The volumes' names.")
    private List<String> names;

    @Option(
            names = {"-f", "--force"},
            description = "Stop and remove containers that use them; pass over what is not there.")
    private boolean force;

    @Option(names = "--foreign", description = "Also volumes of others, or that were not made by this.")
    private boolean foreign;

    private RemoveRequest request;

    @Override
    void prepare(Registries registries) {
        request = new RemoveRequest(names, controller(), force, foreign);
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        return VolumeReport.removed(engine.volumes().remove(request));
    }
}
