package io.jenkins.plugins.containerbuild.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * A daemon that a build has used, as it is found again once the build has ended: by whom and by which words, and nothing of
 * what it takes to be let in. Is saved, and holds JDK types only.
 */
public final class UsedDaemon {

    private final String node;
    private final String server;
    private final TreeMap<String, String> variables;

    /**
     * @param node the name of the node that reaches it; empty for the controller's own
     * @param server the Docker server's name, or null
     * @param variables those by which a daemon is found
     */
    public UsedDaemon(String node, @CheckForNull String server, Map<String, String> variables) {
        this.node = node;
        this.server = server;
        this.variables = new TreeMap<>(variables);
    }

    /** Whether there is such a node. */
    boolean hasNode() {
        return node.isEmpty() || Jenkins.get().getNode(node) != null;
    }

    boolean isOf(Computer computer) {
        return node.equals(computer.getName());
    }

    /** The node, or null when it is not there any more or not connected. */
    @CheckForNull
    Computer computer() {
        Computer computer = Jenkins.get().getComputer(node);
        return computer == null || computer.getChannel() == null ? null : computer;
    }

    /**
     * The daemon.
     *
     * @param run whose scope a server's credentials are looked up in; null for global ones alone
     */
    EndpointRequest endpoint(@CheckForNull Run<?, ?> run) throws EngineException {
        ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
        return run == null
                ? configuration.endpointFor(server, variables)
                : configuration.endpointFor(server, run, variables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UsedDaemon daemon
                && node.equals(daemon.node)
                && Objects.equals(server, daemon.server)
                && variables.equals(daemon.variables);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, server, variables);
    }

    /** For logs: the node. */
    @Override
    public String toString() {
        return node.isEmpty() ? "the built-in node" : "the node '" + node + "'";
    }
}
