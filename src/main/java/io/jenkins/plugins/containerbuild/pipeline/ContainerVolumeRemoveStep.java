package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeRemoveOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumeRemove}: named volumes are removed. */
public final class ContainerVolumeRemoveStep extends OperationStep {

    private final VolumeRemoveOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeRemoveStep(@NonNull VolumeRemoveOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeRemoveOperation getOperation() {
        return operation;
    }

    @Override
    VolumeRemoveOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerVolumeRemove", VolumeRemoveOperation.class, Messages._VolumeRemoveOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumeRemoveStep((VolumeRemoveOperation) operation);
        }
    }
}
