package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.OperationContext;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Makes something, runs the block, ends it again, whichever way the block went. While the block runs, a restart of the
 * controller changes nothing; one in the middle of the making or the ending starts that anew.
 */
final class BlockExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BlockExecution.class.getName());

    private final ContainerOperation<?> operation;
    private final String function;
    private final BlockSlot slot;
    private final BlockContext blockContext;

    private OperationResult made;
    private Outcome outcome;
    private BodyExecution block;

    private transient volatile BackgroundWork work;

    /** Why the step was stopped when all was made, but its block had not begun yet. */
    private Throwable stopped;

    /**
     * @param slot told what was made; null when nobody asks
     * @param blockContext for the block's steps, or null
     */
    BlockExecution(
            StepContext context,
            ContainerOperation<?> operation,
            String function,
            @CheckForNull BlockSlot slot,
            @CheckForNull BlockContext blockContext) {
        super(context);
        this.operation = operation;
        this.function = function;
        this.slot = slot == null ? new BlockSlot() : slot;
        this.blockContext = blockContext;
    }

    /**
     * How the block ended.
     *
     * @param value what it returned
     * @param failure why it failed, or null
     */
    private record Outcome(Object value, Throwable failure) implements Serializable {

        private static final long serialVersionUID = 1L;

        void pass(StepContext context) {
            if (failure == null) {
                context.onSuccess(value);
            } else {
                context.onFailure(failure);
            }
        }
    }

    @Override
    public boolean start() {
        Future<Void> saved = getContext().saveState();
        begin(() -> {
            awaitStart(saved);
            return getContext().get(FilePath.class);
        });
        return false;
    }

    /** Pipeline saves its program after it has left {@link #start}; before that, no step with a block may end. */
    private static void awaitStart(Future<Void> saved) throws InterruptedException {
        try {
            saved.get();
        } catch (ExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "could not save the program, which hinders no block");
        }
    }

    @Override
    public void onResume() {
        if (outcome != null) {
            end(outcome, () -> ReturningAgent.workspace(getContext()));
        } else if (made == null) {
            begin(() -> ReturningAgent.workspace(getContext()));
        }
    }

    /** Where the work is done. */
    private interface Workspace {
        FilePath find() throws IOException, InterruptedException;
    }

    private void begin(Workspace workspace) {
        work = BackgroundWork.start(
                getContext(),
                function,
                () -> operation.perform(context(workspace.find())),
                new BackgroundWork.Completion() {
                    @Override
                    public void done(Object value) {
                        run((OperationResult) value);
                    }

                    @Override
                    public void stopped(Object value, Throwable cause) {
                        made = (OperationResult) value;
                        end(new Outcome(null, cause), workspace);
                    }
                });
    }

    private void run(OperationResult result) {
        made = result;
        slot.fill(result);
        getContext().saveState();
        try {
            EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
            BodyInvoker body = getContext()
                    .newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(outer, EnvironmentExpander.constant(result.variables())));
            if (blockContext != null) {
                blockContext.add(body, getContext(), context(getContext().get(FilePath.class)), result);
            }
            begun(body.withCallback(new Ending(this)).start());
        } catch (IOException | InterruptedException e) {
            end(new Outcome(null, e), () -> getContext().get(FilePath.class));
        }
    }

    private synchronized void begun(BodyExecution body) {
        block = body;
        if (stopped != null) {
            body.cancel(stopped);
        }
    }

    /** Told by Pipeline how the block ended. */
    private static final class Ending extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        private final BlockExecution execution;

        Ending(BlockExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext body, Object value) {
            execution.end(new Outcome(value, null), () -> body.get(FilePath.class));
        }

        @Override
        public void onFailure(StepContext body, Throwable failure) {
            execution.end(new Outcome(null, failure), () -> body.get(FilePath.class));
        }
    }

    private void end(Outcome ended, Workspace workspace) {
        outcome = ended;
        getContext().saveState();
        work = BackgroundWork.start(
                getContext(),
                function,
                () -> {
                    clear(workspace);
                    return null;
                },
                new BackgroundWork.Completion() {
                    @Override
                    public void done(Object value) {
                        ended.pass(getContext());
                    }

                    @Override
                    public void stopped(Object value, Throwable cause) {
                        getContext().onFailure(ended.failure() == null ? cause : ended.failure());
                    }
                });
    }

    /** Whatever goes wrong here, the outcome is the block's; what is left, the node's next clean-up finds by its labels. */
    private void clear(Workspace workspace) throws InterruptedException {
        try {
            FilePath found = workspace.find();
            if (found != null) {
                operation.end(context(found), made, outcome.failure() != null);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not end " + function + " in " + getContext());
        }
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        BackgroundWork running = work;
        if (running != null && running.stop(cause)) {
            return;
        }
        synchronized (this) {
            if (block != null) {
                // It is yet to begin, or between two steps: else the one that runs would be stopped in place of this.
                block.cancel(cause);
                return;
            }
            stopped = cause;
        }
        if (running == null) {
            getContext().onFailure(cause);
        }
    }

    @Override
    public String getStatus() {
        BackgroundWork running = work;
        return running == null ? "running its block" : running.status();
    }

    private OperationContext context(FilePath workspace) throws IOException, InterruptedException {
        EnvironmentExpander bound = getContext().get(EnvironmentExpander.class);
        return OperationContext.literal(
                        getContext().get(Run.class),
                        workspace,
                        getContext().get(EnvVars.class),
                        getContext().get(TaskListener.class))
                .withSensitive(bound == null ? Set.of() : bound.getSensitiveVariables());
    }
}
