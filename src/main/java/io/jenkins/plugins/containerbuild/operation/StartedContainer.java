package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A container that runs; what {@code withContainer} gives to its block. */
public final class StartedContainer implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;
    private final String image;
    private final String host;
    private final LinkedHashMap<String, Integer> ports;
    private final LinkedHashMap<String, String> addresses;

    private StartedContainer(ContainerDetails answer) {
        id = answer.id();
        name = answer.name();
        image = answer.imageId();
        host = answer.host();
        ports = new LinkedHashMap<>();
        answer.ports().forEach(port -> ports.put(port.containerPort() + "/" + port.protocol(), port.hostPort()));
        addresses = new LinkedHashMap<>(answer.addresses());
    }

    static StartedContainer of(ContainerDetails answer) {
        return new StartedContainer(answer);
    }

    /** Its id in the daemon. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** Its name. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** The image's id. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** Where its published ports are reached from the agent. */
    @Whitelisted
    public String getHost() {
        return host;
    }

    /** The host's port by the container's, such as 5432/tcp. */
    @Whitelisted
    public Map<String, Integer> getPorts() {
        return Collections.unmodifiableMap(ports);
    }

    /** Its own address by network. */
    @Whitelisted
    public Map<String, String> getAddresses() {
        return Collections.unmodifiableMap(addresses);
    }

    /**
     * The port of {@link #getHost()} under which a TCP port of the container is published.
     *
     * @throws IllegalArgumentException when it is not published
     */
    @Whitelisted
    public int port(int containerPort) {
        Integer port = ports.get(containerPort + "/tcp");
        if (port == null) {
            throw new IllegalArgumentException("the container " + name + " publishes no port " + containerPort
                    + "; add it to its option 'ports'. Published are: " + ports.keySet());
        }
        return port;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(CONTAINER, id, CONTAINER_HOST, host);
    }

    /** The id, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return id;
    }
}
