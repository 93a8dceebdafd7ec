package io.jenkins.plugins.containerbuild.pipeline;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.OperationContext;
import java.io.IOException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs an operation on a thread of its own. All that a restart of the controller keeps is the operation; the resumed step
 * starts it anew, which the daemon's layer cache makes cheap and which ends with the same image.
 */
final class OperationExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final ContainerOperation<?> operation;
    private final String function;

    private transient volatile BackgroundWork work;

    OperationExecution(StepContext context, ContainerOperation<?> operation, String function) {
        super(context);
        this.operation = operation;
        this.function = function;
    }

    @Override
    public boolean start() {
        work = BackgroundWork.start(
                getContext(), function, () -> perform(getContext().get(FilePath.class)));
        return false;
    }

    @Override
    public void onResume() {
        work = BackgroundWork.start(getContext(), function, () -> {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Jenkins was restarted: starting " + function + " again");
            return perform(ReturningAgent.workspace(getContext()));
        });
    }

    @Override
    public void stop(Throwable cause) {
        BackgroundWork running = work;
        if (running == null) {
            getContext().onFailure(cause);
        } else {
            running.stop(cause);
        }
    }

    @Override
    public String getStatus() {
        BackgroundWork running = work;
        return running == null ? "not started" : running.status();
    }

    /** A planned restart waits for the image instead of having it made twice. */
    @Override
    public boolean blocksRestart() {
        return true;
    }

    private Object perform(FilePath workspace) throws IOException, InterruptedException {
        EnvironmentExpander bound = getContext().get(EnvironmentExpander.class);
        return operation
                .perform(OperationContext.literal(
                                getContext().get(Run.class),
                                workspace,
                                getContext().get(EnvVars.class),
                                getContext().get(TaskListener.class))
                        .withSensitive(bound == null ? Set.of() : bound.getSensitiveVariables()))
                .value();
    }
}
