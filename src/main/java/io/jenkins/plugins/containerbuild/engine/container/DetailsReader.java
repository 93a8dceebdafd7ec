package io.jenkins.plugins.containerbuild.engine.container;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what docker-java tells of containers. */
final class DetailsReader {

    private DetailsReader() {}

    static ContainerDetails details(InspectContainerResponse container, EngineInfo daemon) {
        InspectContainerResponse.ContainerState state = container.getState();
        ContainerConfig config = container.getConfig();
        NetworkSettings network = container.getNetworkSettings();
        String status = state == null ? "" : text(state.getStatus());
        Long exitCode =
                state == null || status.equals("running") || status.equals("created") ? null : state.getExitCodeLong();
        HealthState health = state == null ? null : state.getHealth();
        String healthy = health == null ? null : health.getStatus();
        Map<String, String> labels = config == null ? null : config.getLabels();
        return new ContainerDetails(
                text(container.getId()),
                name(container.getName()),
                config == null ? "" : text(config.getImage()),
                text(container.getImageId()),
                status,
                exitCode == null ? null : Integer.valueOf(exitCode.intValue()),
                healthy == null || healthy.isEmpty() || healthy.equals("none") ? null : healthy,
                host(daemon),
                network == null ? List.of() : ports(network.getPorts()),
                network == null ? Map.of() : addresses(network.getNetworks()),
                labels == null ? Map.of() : labels);
    }

    /** As a list tells it: without ports and addresses. */
    static ContainerDetails details(Container container) {
        String[] names = container.getNames();
        Map<String, String> labels = container.getLabels();
        return new ContainerDetails(
                text(container.getId()),
                names == null || names.length == 0 ? "" : name(names[0]),
                text(container.getImage()),
                text(container.getImageId()),
                text(container.getState()),
                null,
                null,
                "",
                List.of(),
                Map.of(),
                labels == null ? Map.of() : labels);
    }

    /** Where ports that the daemon's host publishes are reached: there, or here when it listens on a socket. */
    private static String host(EngineInfo daemon) {
        URI uri = URI.create(daemon.uri());
        return uri.getHost() == null ? PublishedPort.LOOPBACK : uri.getHost();
    }

    private static List<PublishedPort> ports(@CheckForNull Ports ports) {
        List<PublishedPort> published = new ArrayList<>();
        if (ports != null) {
            for (Map.Entry<ExposedPort, Ports.Binding[]> entry :
                    ports.getBindings().entrySet()) {
                ExposedPort exposed = entry.getKey();
                Ports.Binding[] bindings = entry.getValue();
                if (bindings != null) {
                    for (Ports.Binding binding : bindings) {
                        published.add(new PublishedPort(
                                text(binding.getHostIp()),
                                port(binding.getHostPortSpec()),
                                exposed.getPort(),
                                exposed.getProtocol().toString()));
                    }
                }
            }
        }
        return published;
    }

    private static Integer port(@CheckForNull String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
    }

    private static Map<String, String> addresses(@CheckForNull Map<String, ContainerNetwork> networks) {
        Map<String, String> addresses = new LinkedHashMap<>();
        if (networks != null) {
            networks.forEach((name, network) -> {
                String address = network.getIpAddress();
                if (address != null && !address.isEmpty()) {
                    addresses.put(name, address);
                }
            });
        }
        return addresses;
    }

    private static String name(@CheckForNull String name) {
        String text = text(name);
        return text.startsWith("/") ? text.substring(1) : text;
    }

    private static String text(@CheckForNull String text) {
        return text == null ? "" : text;
    }
}
