package io.jenkins.plugins.containerbuild.pipeline;

import io.jenkins.plugins.containerbuild.operation.StartedStack;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What the block of {@code withContainerCompose} is given: the project's facts, and steps with its services. */
public final class StackHandle implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String CONTAINER = "container";

    private final StartedStack stack;

    StackHandle(StartedStack stack) {
        this.stack = Objects.requireNonNull(stack, "stack");
    }

    /** The project's name. */
    @Whitelisted
    public String getProject() {
        return stack.getProject();
    }

    /** The version of Docker Compose. */
    @Whitelisted
    public String getComposeVersion() {
        return stack.getComposeVersion();
    }

    /** Where its published ports are reached from the agent. */
    @Whitelisted
    public String getHost() {
        return stack.getHost();
    }

    /** See {@link StartedStack#getServices}. */
    @Whitelisted
    public Map<String, Map<String, Object>> getServices() {
        return stack.getServices();
    }

    /** See {@link StartedStack#port}. */
    @Whitelisted
    public int port(String service, int containerPort) {
        return stack.port(service, containerPort);
    }

    /** Runs a command in a service: {@code stack.exec('db', ['pg_dump', 'app'])}. */
    @Whitelisted
    public Object exec(String service, List<?> command) {
        return exec(Map.of(), service, command);
    }

    /** The same with options of {@code containerExec}: {@code stack.exec('db', ['id'], user: 'root')}. */
    @Whitelisted
    public Object exec(Map<String, ?> options, String service, List<?> command) {
        Map<String, Object> arguments = new LinkedHashMap<>(options);
        arguments.put(CONTAINER, stack.container(service));
        arguments.put("command", command);
        return PipelineCalls.method("exec", "containerExec", arguments);
    }

    /** What a service has printed. */
    @Whitelisted
    public Object logs(String service) {
        return PipelineCalls.method("logs", "containerLogs", Map.of(CONTAINER, stack.container(service)));
    }

    /** The project's name, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return stack.getProject();
    }
}
