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
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Finds out which daemon is meant. */
    interface EndpointSource {
        EndpointRequest get() throws EngineException, IOException, InterruptedException;
    }

    /**
     * Does it on another thread, and waits no longer than it is worth: an agent that hangs keeps that thread.
     *
     * @param what is done, for the message
     * @throws EngineException when it failed or takes too long, or the node is not connected
     * @throws InterruptedException when the thread was interrupted
     */
    static <R extends Serializable> R within(
            Duration limit, Computer computer, EndpointSource endpoint, EngineTask<R> task, String what)
            throws EngineException, InterruptedException {
        Future<R> work = Computer.threadPoolForRemoting.submit(() -> run(computer, endpoint.get(), task));
        try {
            return work.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    "could not " + what,
                    "the node '" + computer.getDisplayName() + "' and its Docker server did not answer within "
                            + limit.toSeconds() + " seconds",
                    "Look at the node's page Docker",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException told) {
                throw told;
            }
            throw new EngineException(
                    "could not " + what, String.valueOf(e.getCause()), "Look into the log of Jenkins", e);
        } finally {
            work.cancel(true);
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
