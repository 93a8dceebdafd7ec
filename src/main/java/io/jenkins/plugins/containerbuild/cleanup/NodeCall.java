package io.jenkins.plugins.containerbuild.cleanup;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.IOException;
import java.io.Serializable;

/** Work of a node's daemon that no build asks for. */
final class NodeCall {

    private NodeCall() {}

    /**
     * Does it, on a thread that may block.
     *
     * @throws EngineException when it failed, or the node is not connected
     * @throws InterruptedException when the thread was interrupted
     */
    static <R extends Serializable> R run(Computer computer, EndpointRequest endpoint, EngineTask<R> task)
            throws EngineException, InterruptedException {
        Node node = computer.getNode();
        FilePath root = node == null ? null : node.getRootPath();
        if (root == null) {
            throw lost(computer, "it is not connected", null);
        }
        try {
            return new EngineCall(endpoint, Registries.none(), CredentialsSource.ANONYMOUS, BuildSecrets.NONE)
                    .run(task, root, TaskListener.NULL);
        } catch (IOException e) {
            throw lost(computer, String.valueOf(e.getMessage()), e);
        }
    }

    private static EngineException lost(Computer computer, String why, Throwable cause) {
        return new EngineException(
                "could not reach the node '" + computer.getDisplayName() + "'",
                why,
                "Try again once the node is connected",
                cause);
    }
}
