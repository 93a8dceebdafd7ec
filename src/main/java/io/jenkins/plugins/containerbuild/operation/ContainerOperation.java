package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.agent.EngineVariables;
import io.jenkins.plugins.containerbuild.cleanup.UsedDaemon;
import io.jenkins.plugins.containerbuild.cleanup.UsedDaemons;
import io.jenkins.plugins.containerbuild.cleanup.WrittenLogins;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
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

    /** Where logins to registries come from. */
    CredentialsSource credentials(Run<?, ?> run) {
        return new BuildCredentials(run);
    }

    /** Where the work is done. */
    abstract EndpointRequest endpoint(OperationContext context, Map<String, String> variables)
            throws EngineException, InterruptedException;

    /** The name of the Docker server that the operation chose as the user wrote it, or null. */
    @CheckForNull
    String chosenServer() {
        return null;
    }

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
        return explaining(context, () -> result(answer(context)));
    }

    /**
     * What ends that which the operation has made, for one that is made for a block of steps.
     *
     * @param options reads the operation's options, as for {@link #task}
     * @param made what {@link #result} told of it
     * @param failed whether the block failed, so that users want to know more
     * @return null when nothing has to be ended
     */
    @CheckForNull
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        return null;
    }

    /**
     * Ends what {@link #perform} made, on a thread that may block. A failure to do so is a line of the log: it does not
     * change how the block ended.
     *
     * @param made what {@link #perform} returned
     * @param failed whether the block failed
     * @throws InterruptedException when the thread was interrupted
     */
    public final void end(OperationContext context, OperationResult made, boolean failed) throws InterruptedException {
        try {
            explaining(context, () -> {
                OptionReader options = options(context);
                EngineTask<?> ending = ending(options, made, failed);
                return ending == null ? null : run(ending, options, context);
            });
        } catch (AbortException e) {
            context.listener().error(e.getMessage());
        }
    }

    /** Does it and reports it. */
    private R answer(OperationContext context) throws EngineException, AbortException, InterruptedException {
        OptionReader options = options(context);
        EngineTask<R> task = task(options);
        if (usesDaemon()) {
            FirstStep.prepare(context.run(), context.workspace(), context.listener());
            noteDaemon(options, context);
        }
        R answer = run(task, options, context);
        report(context, answer);
        return answer;
    }

    /** What the work leaves is found by that when the build has ended, or its job is gone. */
    private void noteDaemon(OptionReader options, OperationContext context) throws EngineException {
        UsedDaemon daemon = usedDaemon(context);
        if (daemon != null) {
            UsedDaemons.note(context.run(), daemon, options.isMaking());
            if (makesForJob(options)) {
                UsedDaemons.noteForJob(context.run(), daemon);
            }
        }
    }

    /** Whether it may make something that lives as long as the job. */
    boolean makesForJob(OptionReader options) throws EngineException {
        return false;
    }

    /** The daemon that does the work; null when the node is gone. */
    @CheckForNull
    final UsedDaemon usedDaemon(OperationContext context) {
        Computer computer = context.workspace().toComputer();
        if (computer == null) {
            return null;
        }
        Map<String, String> variables =
                WrittenLogins.get().outside(computer.getName(), EngineVariables.of(context.environment()));
        return new UsedDaemon(computer.getName(), context.text(chosenServer()), variables);
    }

    /** Reads the options where they are used. */
    private OptionReader options(OperationContext context) throws EngineException {
        Registries registries =
                ContainerBuildsConfiguration.get().registriesFor(context.run().getParent());
        return new OptionReader(context, registries.choosing(context.text(chosenRegistry())));
    }

    /** Runs a task where the operation's work is done. */
    private <A extends Serializable> A run(EngineTask<A> task, OptionReader options, OperationContext context)
            throws EngineException, AbortException, InterruptedException {
        Map<String, String> variables = EngineVariables.of(context.environment(), wantedVariables(options));
        EngineCall call = new EngineCall(
                endpoint(context, variables), options.registries(), credentials(context.run()), secrets(options));
        return call.run(task, context.workspace(), context.listener());
    }

    /** Something that the engine can fail in. */
    private interface Work<T> {
        T done() throws EngineException, AbortException, InterruptedException;
    }

    private static <T> T explaining(OperationContext context, Work<T> work)
            throws AbortException, InterruptedException {
        try {
            return work.done();
        } catch (EngineException e) {
            LOGGER.log(Level.FINE, e, () -> "Failed in " + context.run());
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }
}
