package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.OperationContext;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import io.jenkins.plugins.containerbuild.operation.RegistryLoginOperation;
import java.io.IOException;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withContainerRegistry}: logs other programs in to registries for a block of steps. */
public final class WithContainerRegistryStep extends BlockStep {

    private final RegistryLoginOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public WithContainerRegistryStep(@NonNull RegistryLoginOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public RegistryLoginOperation getOperation() {
        return operation;
    }

    @Override
    RegistryLoginOperation operation() {
        return operation;
    }

    @Override
    BlockContext blockContext() {
        return new LoggedIn(operation);
    }

    /**
     * Keeps the logins out of the block's log.
     *
     * @param operation has given them
     */
    private record LoggedIn(RegistryLoginOperation operation) implements BlockContext {

        private static final long serialVersionUID = 1L;

        @Override
        public void add(BodyInvoker block, StepContext step, OperationContext context, OperationResult made)
                throws IOException, InterruptedException {
            block.withContext(BodyInvoker.mergeConsoleLogFilters(step.get(ConsoleLogFilter.class), operation.mask()));
        }
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(
                    "withContainerRegistry",
                    RegistryLoginOperation.class,
                    Messages._RegistryLoginOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new WithContainerRegistryStep((RegistryLoginOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("withContainerRegistry", "registries");
        }
    }
}
