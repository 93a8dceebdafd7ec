package io.jenkins.plugins.containerbuild.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "compose",
        description = "Brings projects of Docker Compose up, and ends them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ComposeUpCommand.class,
            ComposePsCommand.class,
            ComposePortCommand.class,
            ComposeLogsCommand.class,
            ComposeDownCommand.class
        })
final class ComposeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
