package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import picocli.CommandLine.Option;

/** A volume and its archive. */
abstract class VolumeFileCommand extends OwnedCommand {

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The volume.")
    private String name;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The archive, a tar.gz.")
    private String file;

    @Override
    final void prepare(Registries registries) throws EngineException {
        // Nothing that could be wrong before the daemon is asked.
    }

    final ArchiveRequest request() {
        return new ArchiveRequest(name, file, null, maker());
    }
}
