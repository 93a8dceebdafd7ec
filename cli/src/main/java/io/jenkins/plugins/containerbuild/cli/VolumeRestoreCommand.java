package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import picocli.CommandLine.Command;

@Command(name = "restore", description = "Writes the files of an archive into a volume, over what is there.")
final class VolumeRestoreCommand extends VolumeFileCommand {

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        return VolumeReport.transfer(engine.volumes().restore(request()));
    }
}
