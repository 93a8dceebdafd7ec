package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeCopyOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumeCopy}: files between the workspace and a volume. */
public final class ContainerVolumeCopyStep extends OperationStep {

    private final VolumeCopyOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeCopyStep(@NonNull VolumeCopyOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeCopyOperation getOperation() {
        return operation;
    }

    @Override
    VolumeCopyOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerVolumeCopy", VolumeCopyOperation.class, Messages._VolumeCopyOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumeCopyStep((VolumeCopyOperation) operation);
        }
    }
}
