package io.jenkins.plugins.containerbuild.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.TaskListener;
import hudson.remoting.ProxyException;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.containerbuild.console.LineNotes;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import java.io.IOException;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.MasterToSlaveCallable;
import jenkins.util.SetContextClassLoader;

/**
 * Runs one task where the workspace is. docker-java finds its parts with a ServiceLoader, so the
 * thread gets the plugin's class loader for the while.
 *
 * @param <R> what the task answers
 */
final class EngineCallable<R extends Serializable> extends MasterToSlaveCallable<R, EngineException> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(EngineCallable.class.getName());

    private final EngineTask<R> task;
    private final WireEndpoint endpoint;
    private final Registries registries;

    @SuppressFBWarnings(value = "SE_BAD_FIELD", justification = "It is Remoting's proxy, which is serializable")
    private final ControllerLink link;

    /**
     * Null for nobody. Java initializes a listener of nobody and the interface of all listeners each by way of the other:
     * two calls that an agent reads at the same time, as its first ones, would wait for each other for ever.
     */
    @CheckForNull
    private final TaskListener listener;

    private final LineNotes notes;

    /** @param link a {@link ControllerLink}, exported over the channel that this callable goes over */
    EngineCallable(
            EngineTask<R> task,
            WireEndpoint endpoint,
            Registries registries,
            ControllerLink link,
            TaskListener listener,
            LineNotes notes) {
        this.task = task;
        this.endpoint = endpoint;
        this.registries = registries;
        this.link = link;
        this.listener = listener == TaskListener.NULL ? null : listener;
        this.notes = notes;
    }

    @Override
    public R call() throws EngineException {
        AgentLogging.bind();
        EventLog log = new EventLog((listener == null ? TaskListener.NULL : listener).getLogger(), notes);
        try (SetContextClassLoader ignored = new SetContextClassLoader(EngineCallable.class)) {
            return task.run(new EngineAccess(
                    endpoint.unwrap(System.getenv()),
                    registries,
                    new LinkedCredentials(link),
                    new LinkedSecrets(link),
                    log));
        } catch (EngineException e) {
            throw forTheController(e);
        } catch (InterruptedException e) {
            throw new CancelledException();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "a defect of the Container Build plugin; please report it with this trace", new ProxyException(e));
        } finally {
            log.flush();
            sayThatItEnded(link);
        }
    }

    /** Without classes among the causes that the controller may refuse to read. */
    private static EngineException forTheController(EngineException e) {
        ProxyException cause = e.getCause() == null ? null : new ProxyException(e.getCause());
        return new EngineException(e.what(), e.why(), e.advice(), cause);
    }

    private static void sayThatItEnded(ControllerLink controller) {
        // A set interrupt flag would keep Remoting from sending the word; the thread goes back to its pool anyway.
        boolean interrupted = Thread.interrupted();
        try {
            controller.ended();
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, "the controller is gone", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
