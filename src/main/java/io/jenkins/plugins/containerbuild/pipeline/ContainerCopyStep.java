package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.CopyOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerCopy}: copies an image from one name in a registry to others. */
public final class ContainerCopyStep extends OperationStep {

    private final CopyOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerCopyStep(@NonNull CopyOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public CopyOperation getOperation() {
        return operation;
    }

    @Override
    CopyOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerCopy", CopyOperation.class, Messages._CopyOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerCopyStep((CopyOperation) operation);
        }
    }
}
