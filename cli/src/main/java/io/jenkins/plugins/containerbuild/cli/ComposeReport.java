package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeService;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.PublishedPort;
import java.util.List;
import java.util.stream.Collectors;

/** What the commands for projects tell. */
final class ComposeReport {

    private ComposeReport() {}

    static ArrayNode services(List<ComposeService> services) {
        ArrayNode all = Report.object().arrayNode();
        for (ComposeService service : services) {
            ContainerDetails container = service.container();
            ObjectNode document = all.addObject()
                    .put("service", service.service())
                    .put("number", service.number())
                    .put("id", container.id())
                    .put("name", container.name())
                    .put("imageId", container.imageId())
                    .put("state", container.state())
                    .put("exitCode", container.exitCode())
                    .put("health", container.health());
            ArrayNode ports = document.putArray("ports");
            for (PublishedPort port : container.ports()) {
                ports.addObject()
                        .put("address", port.address())
                        .put("hostPort", port.hostPort())
                        .put("containerPort", port.containerPort())
                        .put("protocol", port.protocol());
            }
        }
        return all;
    }

    /** One line for each: its name, its state, its ports. */
    static String lines(List<ComposeService> services) {
        return services.stream().map(ComposeReport::line).collect(Collectors.joining("\n"));
    }

    private static String line(ComposeService service) {
        ContainerDetails container = service.container();
        String state =
                container.exitCode() == null ? container.state() : container.state() + " " + container.exitCode();
        String health = container.health() == null ? "" : " " + container.health();
        String ports = container.ports().stream()
                .map(port -> " " + port.address() + ":" + port.hostPort() + "->" + port.containerPort() + "/"
                        + port.protocol())
                .collect(Collectors.joining());
        return service.shown() + " " + state + health + ports;
    }
}
