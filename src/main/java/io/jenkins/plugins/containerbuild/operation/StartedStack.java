package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.compose.ComposeService;
import io.jenkins.plugins.containerbuild.engine.compose.ComposeStack;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A project of Docker Compose that is up; what {@code withContainerCompose} gives to its block. */
public final class StartedStack implements OperationResult {

    private static final long serialVersionUID = 1L;
    private static final String ID = "id";
    private static final String PORTS = "ports";

    private final String project;
    private final String composeVersion;
    private final String host;
    private final LinkedHashMap<String, Map<String, Object>> services;

    private StartedStack(ComposeStack answer) {
        project = answer.project();
        composeVersion = answer.composeVersion();
        host = answer.host();
        services = new LinkedHashMap<>();
        answer.services().forEach(service -> services.put(service.shown(), facts(service)));
    }

    static StartedStack of(ComposeStack answer) {
        return new StartedStack(answer);
    }

    private static Map<String, Object> facts(ComposeService service) {
        ContainerDetails container = service.container();
        LinkedHashMap<String, Integer> ports = new LinkedHashMap<>();
        container.ports().forEach(port -> ports.put(port.containerPort() + "/" + port.protocol(), port.hostPort()));
        LinkedHashMap<String, Object> facts = new LinkedHashMap<>();
        facts.put(ID, container.id());
        facts.put("name", container.name());
        facts.put("image", container.imageId());
        facts.put("state", container.state());
        facts.put("exitCode", container.exitCode());
        facts.put("health", container.health());
        facts.put(PORTS, Collections.unmodifiableMap(ports));
        return Collections.unmodifiableMap(facts);
    }

    /** The project's name. */
    @Whitelisted
    public String getProject() {
        return project;
    }

    /** The version of Docker Compose. */
    @Whitelisted
    public String getComposeVersion() {
        return composeVersion;
    }

    /** Where its published ports are reached from the agent. */
    @Whitelisted
    public String getHost() {
        return host;
    }

    /** By the services' names: id, name, image, state, exitCode, health and ports of each container. */
    @Whitelisted
    public Map<String, Map<String, Object>> getServices() {
        return Collections.unmodifiableMap(services);
    }

    /**
     * The port of {@link #getHost()} under which a TCP port of a service is published.
     *
     * @throws IllegalArgumentException when there is no such service, or it does not publish the port
     */
    @Whitelisted
    public int port(String service, int containerPort) {
        Map<?, ?> ports = (Map<?, ?>) facts(service).get(PORTS);
        if (ports.get(containerPort + "/tcp") instanceof Integer port) {
            return port;
        }
        throw new IllegalArgumentException("the service " + service + " publishes no port " + containerPort
                + "; add it to its ports in the Compose file. Published are: " + ports.keySet());
    }

    /**
     * The id of a service's container.
     *
     * @throws IllegalArgumentException when there is no such service
     */
    public String container(String service) {
        return String.valueOf(facts(service).get(ID));
    }

    private Map<String, Object> facts(String service) {
        Map<String, Object> facts = services.get(service);
        if (facts == null) {
            throw new IllegalArgumentException("the project " + project + " has no service " + service
                    + " that is up; there are: " + services.keySet());
        }
        return facts;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(COMPOSE_PROJECT, project, CONTAINER_HOST, host);
    }

    /** The project's name, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return project;
    }
}
