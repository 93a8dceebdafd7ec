package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.DeleteOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerDelete}: deletes an image in its registry. */
public final class ContainerDeleteStep extends OperationStep {

    private final DeleteOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerDeleteStep(@NonNull DeleteOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public DeleteOperation getOperation() {
        return operation;
    }

    @Override
    DeleteOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerDelete", DeleteOperation.class, Messages._DeleteOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerDeleteStep((DeleteOperation) operation);
        }
    }
}
