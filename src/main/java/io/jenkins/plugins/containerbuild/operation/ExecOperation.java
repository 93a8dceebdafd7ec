package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Runs a command in a container that runs already. */
public final class ExecOperation extends DaemonOperation<RunResult> {

    private static final long serialVersionUID = 1L;

    private final String container;
    private final List<String> command;
    private Map<String, String> env;
    private String user;
    private String workdir;
    private String timeLimit;
    private boolean returnStatus;
    private boolean quiet;

    /**
     * @param container the container's id or name
     * @param command the command with its arguments
     */
    @DataBoundConstructor
    public ExecOperation(String container, List<String> command) {
        this.container = Util.fixEmptyAndTrim(container);
        this.command = OptionValues.keep(command);
    }

    /** The container's id or name. */
    @CheckForNull
    public String getContainer() {
        return container;
    }

    /** The command with its arguments. */
    @NonNull
    public List<String> getCommand() {
        return OptionValues.get(command);
    }

    /** Environment variables by name. */
    @NonNull
    public Map<String, String> getEnv() {
        return OptionValues.get(env);
    }

    /** See {@link #getEnv()}. */
    @DataBoundSetter
    public void setEnv(@CheckForNull Map<String, String> env) {
        this.env = OptionValues.keep(env);
    }

    /** User and group inside, or null for the container's own. */
    @CheckForNull
    public String getUser() {
        return user;
    }

    /** See {@link #getUser()}. */
    @DataBoundSetter
    public void setUser(@CheckForNull String user) {
        this.user = Util.fixEmptyAndTrim(user);
    }

    /** The working directory inside, or null for the container's own. */
    @CheckForNull
    public String getWorkdir() {
        return workdir;
    }

    /** See {@link #getWorkdir()}. */
    @DataBoundSetter
    public void setWorkdir(@CheckForNull String workdir) {
        this.workdir = Util.fixEmptyAndTrim(workdir);
    }

    /** How long it may run; null for no limit. */
    @CheckForNull
    public String getTimeLimit() {
        return timeLimit;
    }

    /** See {@link #getTimeLimit()}. */
    @DataBoundSetter
    public void setTimeLimit(@CheckForNull String timeLimit) {
        this.timeLimit = Util.fixEmptyAndTrim(timeLimit);
    }

    /** Whether an exit code other than 0 is no failure. */
    public boolean isReturnStatus() {
        return returnStatus;
    }

    /** See {@link #isReturnStatus()}. */
    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** Whether its lines are kept out of the log. */
    public boolean isQuiet() {
        return quiet;
    }

    /** See {@link #isQuiet()}. */
    @DataBoundSetter
    public void setQuiet(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    EngineTask<RunResult> task(OptionReader options) throws EngineException {
        return new ContainerTask.ExecInContainer(new ExecRequest(
                options.required("run a command", "container", container),
                options.words(getCommand()),
                options.map(getEnv()),
                options.text(user),
                options.text(workdir),
                Durations.parse("timeLimit", options.text(timeLimit)),
                returnStatus,
                quiet));
    }

    @Override
    void report(OperationContext context, RunResult answer) {
        // its lines are in the log
    }

    @Override
    CommandResult result(RunResult answer) {
        return CommandResult.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ExecOperation_DisplayName();
        }
    }
}
