package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeRestoreOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumeRestore}: writes the files of an archive into a volume. */
public final class ContainerVolumeRestoreStep extends OperationStep {

    private final VolumeRestoreOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeRestoreStep(@NonNull VolumeRestoreOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeRestoreOperation getOperation() {
        return operation;
    }

    @Override
    VolumeRestoreOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(
                    "containerVolumeRestore",
                    VolumeRestoreOperation.class,
                    Messages._VolumeRestoreOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumeRestoreStep((VolumeRestoreOperation) operation);
        }
    }
}
