package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.LauncherDecorator;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.InsideContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.OperationContext;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.io.IOException;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code insideContainer}: a block whose shell steps run in a container. */
public final class InsideContainerStep extends BlockStep {

    private final InsideContainerOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public InsideContainerStep(@NonNull InsideContainerOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public InsideContainerOperation getOperation() {
        return operation;
    }

    @Override
    InsideContainerOperation operation() {
        return operation;
    }

    @Override
    BlockContext blockContext() {
        return new Inside(operation);
    }

    /**
     * Lets the block's commands run in the container.
     *
     * @param operation has made it
     */
    private record Inside(InsideContainerOperation operation) implements BlockContext {

        private static final long serialVersionUID = 1L;

        @Override
        public void add(BodyInvoker block, StepContext step, OperationContext context, OperationResult made)
                throws IOException, InterruptedException {
            block.withContext(BodyInvoker.mergeLauncherDecorators(
                    step.get(LauncherDecorator.class), operation.decorator(context, made)));
        }
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("insideContainer", InsideContainerOperation.class, Messages._InsideContainerOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new InsideContainerStep((InsideContainerOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("insideContainer", "image");
        }
    }
}
