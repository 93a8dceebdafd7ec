package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.agent.EngineCall;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.registries.BuildCredentials;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.DataBoundSetter;

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

    /** What the engine looks for a daemon by, and by which builder it builds; nothing else of a build's environment goes along with a call unless an option names it. */
    private static final List<String> ENGINE_VARIABLES = List.of(
            "DOCKER_HOST",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_CONTEXT",
            "DOCKER_CONFIG",
            "DOCKER_BUILDKIT",
            "XDG_RUNTIME_DIR",
            "HOME");

    private String server;

    /** The name of the Docker server that does the work, or null. */
    @CheckForNull
    public String getServer() {
        return server;
    }

    /** See {@link #getServer()}. */
    @DataBoundSetter
    public void setServer(@CheckForNull String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

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

    /** Puts the answer into the build's report. */
    abstract void report(Run<?, ?> run, TaskListener listener, R answer);

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
            Map<String, String> variables = engineVariables(context.environment(), wantedVariables(options));
            EngineCall call = new EngineCall(
                    configuration.endpointFor(context.text(server), context.run(), variables),
                    registries,
                    new BuildCredentials(context.run()),
                    secrets(options));
            R answer = call.run(task, context.workspace(), context.listener());
            report(context.run(), context.listener(), answer);
            return result(answer);
        } catch (EngineException e) {
            LOGGER.log(Level.FINE, e, () -> "Failed in " + context.run());
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }

    private static Map<String, String> engineVariables(EnvVars environment, Set<String> wanted) {
        Map<String, String> variables = new HashMap<>();
        Set<String> names = new HashSet<>(wanted);
        names.addAll(ENGINE_VARIABLES);
        for (String name : names) {
            String value = environment.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
