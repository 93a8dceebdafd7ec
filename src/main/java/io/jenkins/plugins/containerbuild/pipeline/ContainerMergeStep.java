package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.MergeOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerMerge}: joins images of several platforms. */
public final class ContainerMergeStep extends OperationStep {

    private final MergeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerMergeStep(@NonNull MergeOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public MergeOperation getOperation() {
        return operation;
    }

    @Override
    MergeOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerMerge", MergeOperation.class, Messages._MergeOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerMergeStep((MergeOperation) operation);
        }
    }
}
