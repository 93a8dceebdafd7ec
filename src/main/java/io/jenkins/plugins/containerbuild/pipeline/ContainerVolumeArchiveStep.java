package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeArchiveOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumeArchive}: writes the files of a volume into an archive. */
public final class ContainerVolumeArchiveStep extends OperationStep {

    private final VolumeArchiveOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeArchiveStep(@NonNull VolumeArchiveOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeArchiveOperation getOperation() {
        return operation;
    }

    @Override
    VolumeArchiveOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(
                    "containerVolumeArchive",
                    VolumeArchiveOperation.class,
                    Messages._VolumeArchiveOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumeArchiveStep((VolumeArchiveOperation) operation);
        }
    }
}
