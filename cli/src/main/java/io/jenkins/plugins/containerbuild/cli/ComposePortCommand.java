package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "port", description = "Tells where a TCP port of a service is reached.")
final class ComposePortCommand extends ProjectCommand {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's name.")
    private String service;

    @Parameters(index = "1", paramLabel = "PORT", description = "The port inside of its container.")
    private int port;

    @Override
    Report run(ContainerEngine engine) throws EngineException, InterruptedException {
        ContainerDetails container = service(engine, service).container();
        OptionalInt published = container.port(port);
        if (published.isEmpty()) {
            throw new InvalidRequestException(
                    "could not find the port " + port + " of the service " + service,
                    "it does not publish it",
                    "Add it to its ports in the Compose file");
        }
        return new Report(
                Report.object().put("host", container.host()).put("port", published.getAsInt()),
                container.host() + ":" + published.getAsInt());
    }
}
