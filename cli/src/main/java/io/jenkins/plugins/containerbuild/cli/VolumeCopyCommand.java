package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.CopyPlace;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "copy", description = "Copies files from this machine into a volume, or out of it.")
final class VolumeCopyCommand extends OwnedCommand {

    @Option(
            names = "--from",
            paramLabel = "PATH|VOLUME:/PATH",
            required = true,
            description = "A directory, whose contents are copied, or a file.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "PATH|VOLUME:/PATH",
            required = true,
            description = "The directory that they come into, made where it is missing; or a file's new name.")
    private String to;

    @Option(
            names = "--owner",
            paramLabel = "UID:GID",
            description = "Who owns the copies in a volume. Default: the same numbers as here.")
    private String owner;

    private CopyRequest request;

    @Override
    void prepare(Registries registries) throws EngineException {
        CopyRequest kept = CopyRequest.of(CopyPlace.parse("--from", from), CopyPlace.parse("--to", to), null, maker());
        request = owner == null ? kept : kept.withOwner(VolumeOwner.parse(owner));
    }

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        return VolumeReport.transfer(engine.volumes().copy(request));
    }
}
