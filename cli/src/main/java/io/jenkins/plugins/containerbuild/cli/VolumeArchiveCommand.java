package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import picocli.CommandLine.Command;

@Command(name = "archive", description = "Writes all files of a volume into an archive.")
final class VolumeArchiveCommand extends VolumeFileCommand {

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        return VolumeReport.transfer(engine.volumes().archive(request()));
    }
}
