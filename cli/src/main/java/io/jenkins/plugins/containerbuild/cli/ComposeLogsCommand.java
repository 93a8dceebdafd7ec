package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Prints what a service has printed.")
final class ComposeLogsCommand extends ProjectCommand {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's name.")
    private String service;

    @Option(names = "--tail", paramLabel = "LINES", description = "Only so many of the last lines.")
    private int tail;

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        String log = engine.containers()
                .logs(service(engine, service).container().id(), tail)
                .stripTrailing();
        return new Report(Report.object().put("service", service).put("log", log), log);
    }
}
