package io.jenkins.plugins.containerbuild.pipeline;

import io.jenkins.plugins.containerbuild.operation.StartedContainer;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A container as the closure of {@code withContainer} is given it. */
public final class ContainerHandle implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String CONTAINER = "container";

    private final StartedContainer container;

    ContainerHandle(StartedContainer container) {
        this.container = container;
    }

    /** Its id in the daemon. */
    @Whitelisted
    public String getId() {
        return container.getId();
    }

    /** Its name. */
    @Whitelisted
    public String getName() {
        return container.getName();
    }

    /** The image's id. */
    @Whitelisted
    public String getImage() {
        return container.getImage();
    }

    /** Where its published ports are reached from the agent. */
    @Whitelisted
    public String getHost() {
        return container.getHost();
    }

    /** The host's port by the container's, such as 5432/tcp. */
    @Whitelisted
    public Map<String, Integer> getPorts() {
        return container.getPorts();
    }

    /** Its own address by network. */
    @Whitelisted
    public Map<String, String> getAddresses() {
        return container.getAddresses();
    }

    /** See {@link StartedContainer#port}. */
    @Whitelisted
    public int port(int containerPort) {
        return container.port(containerPort);
    }

    /** Runs a command in it: {@code c.exec(['pg_dump', 'app'])}. */
    @Whitelisted
    public Object exec(List<?> command) {
        return exec(Map.of(), command);
    }

    /** The same with options of {@code containerExec}: {@code c.exec(['id'], user: 'root')}. */
    @Whitelisted
    public Object exec(Map<String, ?> options, List<?> command) {
        Map<String, Object> arguments = new LinkedHashMap<>(options);
        arguments.put(CONTAINER, container.getId());
        arguments.put("command", command);
        return PipelineCalls.method("exec", "containerExec", arguments);
    }

    /** What it has printed. */
    @Whitelisted
    public Object logs() {
        return PipelineCalls.method("logs", "containerLogs", Map.of(CONTAINER, container.getId()));
    }

    /** The id, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return container.getId();
    }
}
