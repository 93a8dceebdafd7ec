package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a daemon knows of one of its containers.
 *
 * @param id its id, 64 hexadecimal digits
 * @param name its name
 * @param image the image as it was asked for
 * @param imageId the image's id
 * @param state {@code created}, {@code running}, {@code exited} and so on
 * @param exitCode how its process ended; null while it runs
 * @param health {@code healthy}, {@code unhealthy}, {@code starting}; null without a health check
 * @param host where its published ports are reached from here
 * @param ports what is published
 * @param addresses its address by network
 * @param labels all its labels
 */
public record ContainerDetails(
        String id,
        String name,
        String image,
        String imageId,
        String state,
        Integer exitCode,
        String health,
        String host,
        List<PublishedPort> ports,
        Map<String, String> addresses,
        Map<String, String> labels)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public ContainerDetails {
        ports = List.copyOf(ports);
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        labels = Map.copyOf(labels);
    }

    /** Whether its process runs. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** The port of the host under which a TCP port is published; empty when it is not. */
    public OptionalInt port(int containerPort) {
        return ports.stream()
                .filter(port ->
                        port.containerPort() == containerPort && port.protocol().equals("tcp"))
                .filter(port -> port.hostPort() != null)
                .mapToInt(PublishedPort::hostPort)
                .findFirst();
    }

    /** Whose it is; empty for one that was not made here. */
    public Optional<Ownership> ownership() {
        return Ownership.of(labels);
    }
}
