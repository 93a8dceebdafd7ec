package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.PullOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerPull}: pulls an image. */
public final class ContainerPullStep extends OperationStep {

    private final PullOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerPullStep(@NonNull PullOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public PullOperation getOperation() {
        return operation;
    }

    @Override
    PullOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerPull", PullOperation.class, Messages._PullOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerPullStep((PullOperation) operation);
        }
    }
}
