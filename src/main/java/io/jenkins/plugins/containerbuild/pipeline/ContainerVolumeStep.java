package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolume}: a named volume. */
public final class ContainerVolumeStep extends OperationStep {

    private final VolumeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeStep(@NonNull VolumeOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeOperation getOperation() {
        return operation;
    }

    @Override
    VolumeOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerVolume", VolumeOperation.class, Messages._VolumeOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumeStep((VolumeOperation) operation);
        }
    }
}
