package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.containerbuild.agent.ContainerTask;
import io.jenkins.plugins.containerbuild.agent.EngineTask;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Reads what a container has printed. */
public final class LogsOperation extends DaemonOperation<String> {

    private static final long serialVersionUID = 1L;

    private final String container;
    private String tail;

    /**
     * @param container the container's id or name
     */
    @DataBoundConstructor
    public LogsOperation(String container) {
        this.container = Util.fixEmptyAndTrim(container);
    }

    /** The container's id or name. */
    @CheckForNull
    public String getContainer() {
        return container;
    }

    /** How many lines, or null for all of them. */
    @CheckForNull
    public String getTail() {
        return tail;
    }

    /** See {@link #getTail()}. */
    @DataBoundSetter
    public void setTail(@CheckForNull String tail) {
        this.tail = Util.fixEmptyAndTrim(tail);
    }

    @Override
    EngineTask<String> task(OptionReader options) throws EngineException {
        String lines = options.text(tail);
        if (lines != null && !lines.matches("[1-9][0-9]{0,6}")) {
            throw new InvalidRequestException(
                    "could not read the log of the container",
                    "'" + lines + "' is no number of lines",
                    "Write for example 100");
        }
        return new ContainerTask.ContainerLogs(
                options.required("read a log", "container", container), lines == null ? 0 : Integer.parseInt(lines));
    }

    @Override
    void report(OperationContext context, String answer) {
        // it is the result
    }

    @Override
    ContainerLog result(String answer) {
        return new ContainerLog(answer);
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LogsOperation_DisplayName();
        }
    }
}
