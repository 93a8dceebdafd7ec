package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeRemoveOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Removes named volumes. */
public final class ContainerVolumeRemoveBuilder extends OperationBuilder {

    private final VolumeRemoveOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeRemoveBuilder(@NonNull VolumeRemoveOperation operation) {
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

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumeRemoveOperation.class, Messages._VolumeRemoveOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumeRemoveBuilder((VolumeRemoveOperation) operation);
        }
    }
}
