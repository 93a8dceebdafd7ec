package io.jenkins.plugins.containerbuild.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.agent.EngineVariables;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.IOException;

/**
 * Which daemon a node uses, by what administrators say alone: the Docker servers of the admin page and the variables of
 * the node, never those of a build. A job that could name the socket could have any socket's permissions changed.
 */
public final class NodeEndpoint {

    private NodeEndpoint() {}

    /**
     * The node's daemon.
     *
     * @param server a Docker server's name, or null for the default one or the node's own
     * @throws EngineException when there is no such server or its credentials cannot be had
     * @throws IOException when the node's variables cannot be had
     * @throws InterruptedException when the thread was interrupted
     */
    public static EndpointRequest of(Computer computer, @CheckForNull String server)
            throws EngineException, IOException, InterruptedException {
        return ContainerBuildsConfiguration.get()
                .endpointFor(server, EngineVariables.of(computer.buildEnvironment(TaskListener.NULL)));
    }
}
