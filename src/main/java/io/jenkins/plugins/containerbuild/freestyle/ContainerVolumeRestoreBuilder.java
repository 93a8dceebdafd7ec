package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeRestoreOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Writes the files of an archive into a volume. */
public final class ContainerVolumeRestoreBuilder extends OperationBuilder {

    private final VolumeRestoreOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeRestoreBuilder(@NonNull VolumeRestoreOperation operation) {
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

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumeRestoreOperation.class, Messages._VolumeRestoreOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumeRestoreBuilder((VolumeRestoreOperation) operation);
        }
    }
}
