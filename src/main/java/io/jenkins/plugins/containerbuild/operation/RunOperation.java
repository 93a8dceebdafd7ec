package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.RunRequest;
import io.jenkins.plugins.containerbuild.engine.container.RunResult;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Runs one command in a container of its own, to its end. */
public final class RunOperation extends ContainerOptions<RunResult> {

    private static final long serialVersionUID = 1L;

    private String timeLimit;
    private String outputFile;
    private boolean returnStatus;
    private boolean quiet;

    /** @param image the image's name or id */
    @DataBoundConstructor
    public RunOperation(String image) {
        super(image);
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

    /** The file that gets its standard output, or null. */
    @CheckForNull
    public String getOutputFile() {
        return outputFile;
    }

    /** See {@link #getOutputFile()}. */
    @DataBoundSetter
    public void setOutputFile(@CheckForNull String outputFile) {
        this.outputFile = Util.fixEmptyAndTrim(outputFile);
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
        return new ContainerTask.RunContainer(new RunRequest(
                request(options, "run"),
                Durations.parse("timeLimit", options.text(timeLimit)),
                options.path(outputFile),
                options.root(),
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
    public static final class DescriptorImpl extends ContainerOptionsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RunOperation_DisplayName();
        }
    }
}
