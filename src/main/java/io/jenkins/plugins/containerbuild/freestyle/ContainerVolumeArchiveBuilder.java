package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeArchiveOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Writes the files of a volume into an archive. */
public final class ContainerVolumeArchiveBuilder extends OperationBuilder {

    private final VolumeArchiveOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeArchiveBuilder(@NonNull VolumeArchiveOperation operation) {
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

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumeArchiveOperation.class, Messages._VolumeArchiveOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumeArchiveBuilder((VolumeArchiveOperation) operation);
        }
    }
}
