package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.EngineVariables;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.monitor.FirstStep;
import io.jenkins.plugins.containerbuild.registries.BuildCredentials;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is asked for with one verb: the options as the user wrote them, stored alike by a Pipeline step and by a freestyle
 * build step.
 *
 * @param <R> what the engine answers to it
 */
public abstract class ContainerOperation<R extends Serializable> extends AbstractDescribableImpl<ContainerOperation<?>>
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ContainerOperation.class.getName());

    /** The id of the registry that the operation chose as the user wrote it, or null. */
    @CheckForNull
    String chosenRegistry() {
        return null;
    }

    /** The engine's request. Nothing has been contacted when it turns out to be wrong. */
    abstract EngineTask<R> task(OptionReader options) throws EngineException;

    /** The variables of the build's environment that the task reads, besides those by which a daemon is found. */
    Set<String> wantedVariables(OptionReader options) {
        return Set.of();
    }

    /** Where the task's secrets come from that Jenkins keeps. */
    BuildSecrets secrets(OptionReader options) throws EngineException {
        return BuildSecrets.NONE;
    }

    /** Where the work is done. */
    abstract EndpointRequest endpoint(OperationContext context, Map<String, String> variables)
            throws EngineException, InterruptedException;

    /** Whether a daemon has to be usable for it. */
    boolean usesDaemon() {
        return false;
    }

    /**
     * Puts the answer into the build's report.
     *
     * @throws EngineException when the answer is none that the build may go on with
     */
    abstract void report(OperationContext context, R answer) throws EngineException;

    /** What users see of the answer. */
    abstract OperationResult result(R answer);

    /**
     * Does it, on a thread that may block. Interruption stops the daemon's work.
     *
     * @throws AbortException when it failed, with one message for the user
     * @throws InterruptedException when the thread was interrupted
     */
    public final OperationResult perform(OperationContext context) throws AbortException, InterruptedException {
        try {
            ContainerBuildsConfiguration configuration = ContainerBuildsConfiguration.get();
            Registries registries = configuration.toRegistries().choosing(context.text(chosenRegistry()));
            OptionReader options = new OptionReader(context, registries);
            EngineTask<R> task = task(options);
            Map<String, String> variables = EngineVariables.of(context.environment(), wantedVariables(options));
            if (usesDaemon()) {
                FirstStep.prepare(context.run(), context.workspace(), context.listener());
            }
            EngineCall call = new EngineCall(
                    endpoint(context, variables), registries, new BuildCredentials(context.run()), secrets(options));
            R answer = call.run(task, context.workspace(), context.listener());
            report(context, answer);
            return result(answer);
        } catch (EngineException e) {
            LOGGER.log(Level.FINE, e, () -> "Failed in " + context.run());
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }
}
