package io.jenkins.plugins.containerbuild.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "volume",
        description = "Creates, fills, lists and removes named volumes.",
        mixinStandardHelpOptions = true,
        subcommands = {
            VolumeCreateCommand.class,
            VolumeCopyCommand.class,
            VolumeArchiveCommand.class,
            VolumeRestoreCommand.class,
            VolumeListCommand.class,
            VolumeInspectCommand.class,
            VolumeRemoveCommand.class,
            VolumePruneCommand.class
        })
final class VolumeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
