package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import picocli.CommandLine.Option;

/** A command that makes or removes things which carry labels that say whose they are. */
abstract class OwnedCommand extends DaemonCommand {

    @Option(
            names = "--controller",
            paramLabel = "ID",
            defaultValue = "command-line",
            description = "Whose things it makes or may remove. Default: ${DEFAULT-VALUE}.")
    private String controller;

    final Maker maker() {
        return Maker.of(controller);
    }

    final String controller() {
        return controller;
    }
}
