package io.jenkins.plugins.containerbuild.agent;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.containerbuild.console.LineNotes;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Runs one engine task in the JVM that has the workspace, and waits for its answer. For the controller, on a thread that
 * may block.
 *
 * @param endpoint which daemon
 * @param registries the registries that the call knows
 * @param credentials asked on the controller whenever a registry wants a login
 * @param secrets asked on the controller whenever a build needs one that the controller alone knows
 */
public record EngineCall(
        EndpointRequest endpoint, Registries registries, CredentialsSource credentials, BuildSecrets secrets) {

    /** How long a cancelled call may take to stop its daemon's work before the controller goes on without it. */
    private static final Duration CANCEL_BOUND = Duration.ofSeconds(15);

    /** Refuses null. */
    public EngineCall {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(registries, "registries");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(secrets, "secrets");
    }

    /**
     * Has the JVM that has the workspace get and load what the first call there would wait for. Where such a call has come
     * already, it loads that itself, and soonest with nobody beside it.
     *
     * @param workspace only says which machine
     * @throws EngineException when no daemon answers
     * @throws AgentLostException when the agent went away
     * @throws InterruptedException when the thread was interrupted
     */
    public void rehearse(FilePath workspace) throws EngineException, AgentLostException, InterruptedException {
        AgentLibraries.send(workspace.getChannel());
        if (!AgentLibraries.isInUse(workspace.getChannel())) {
            run(new EngineTask.Rehearse(), workspace, TaskListener.NULL);
        }
    }

    /**
     * Runs the task. The thread's interruption is passed on to the agent, and its daemon's work has then ended when this
     * method throws, or the bound for that has passed.
     *
     * @param workspace only says which machine
     * @param listener gets the log
     * @throws EngineException when the task failed; without secrets in its texts
     * @throws AgentLostException when the agent went away
     * @throws InterruptedException when the thread was interrupted
     */
    public <R extends Serializable> R run(EngineTask<R> task, FilePath workspace, TaskListener listener)
            throws EngineException, AgentLostException, InterruptedException {
        VirtualChannel channel = workspace.getChannel();
        String agent = AgentLostException.agentOf(workspace);
        CallLink link = new CallLink(registries, credentials, secrets);
        try (AgentLibraries.Use ignored = AgentLibraries.use(channel)) {
            // As other steps do: a build that writes its Dockerfile into the job may be the first to need it.
            workspace.mkdirs();
            // Exported by hand: what is exported along with a call ends with the caller's wait, and a cancelled
            // callable has still to say when it is done. Remoting drops it when the agent's proxy is collected.
            ControllerLink exported = channel.export(ControllerLink.class, link);
            return channel.call(new EngineCallable<>(
                    task, WireEndpoint.of(endpoint), registries, exported, listener, LineNotes.forOneCall()));
        } catch (InterruptedException e) {
            if (!link.awaitEnd(CANCEL_BOUND)) {
                listener.error("Cancelled, but " + agent + " did not confirm within " + CANCEL_BOUND.toSeconds()
                        + " seconds that the Docker server has stopped its work; look there whether it goes on");
            }
            throw e;
        } catch (CancelledException e) {
            if (workspace.isRemote()) {
                throw e; // not by this thread's interruption: that ends the call here, above
            }
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (IOException | RequestAbortedException e) {
            if (AgentLostException.explains(e, channel)) {
                throw AgentLostException.during(agent, e);
            }
            throw new EngineException(
                    "could not run on " + agent,
                    e.toString(),
                    "Look at the agent's own log, and check that its agent.jar is the one of this Jenkins",
                    e);
        }
    }
}
