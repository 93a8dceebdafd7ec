package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.Durations;
import io.jenkins.plugins.containerbuild.engine.container.Readiness;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A container that is there for a block of steps. */
public final class WithContainerOperation extends ContainerOptions<ContainerDetails> {

    private static final long serialVersionUID = 1L;

    private String waitFor;
    private String timeLimit;

    /** @param image the image's name or id */
    @DataBoundConstructor
    public WithContainerOperation(String image) {
        super(image);
    }

    /** What makes it ready: running, healthy, port:N or log:REGEX; null for running. */
    @CheckForNull
    public String getWaitFor() {
        return waitFor;
    }

    /** See {@link #getWaitFor()}. */
    @DataBoundSetter
    public void setWaitFor(@CheckForNull String waitFor) {
        this.waitFor = Util.fixEmptyAndTrim(waitFor);
    }

    /** How long it may take to become ready; null for two minutes. */
    @CheckForNull
    public String getTimeLimit() {
        return timeLimit;
    }

    /** See {@link #getTimeLimit()}. */
    @DataBoundSetter
    public void setTimeLimit(@CheckForNull String timeLimit) {
        this.timeLimit = Util.fixEmptyAndTrim(timeLimit);
    }

    @Override
    EngineTask<ContainerDetails> task(OptionReader options) throws EngineException {
        return new ContainerTask.StartContainer(
                request(options, "start"),
                Readiness.parse(options.text(waitFor), Durations.parse("timeLimit", options.text(timeLimit))));
    }

    @Override
    EngineTask<?> ending(OptionReader options, OperationResult made, boolean failed) {
        return new ContainerTask.EndContainer(((StartedContainer) made).getId(), failed);
    }

    @Override
    void report(OperationContext context, ContainerDetails answer) {
        // its start is in the log
    }

    @Override
    StartedContainer result(ContainerDetails answer) {
        return StartedContainer.of(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends ContainerOptionsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WithContainerOperation_DisplayName();
        }
    }
}
