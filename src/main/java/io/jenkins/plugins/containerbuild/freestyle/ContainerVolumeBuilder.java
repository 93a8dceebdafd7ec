package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Makes sure that a named volume is there. */
public final class ContainerVolumeBuilder extends OperationBuilder {

    private final VolumeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeBuilder(@NonNull VolumeOperation operation) {
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

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumeOperation.class, Messages._VolumeOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumeBuilder((VolumeOperation) operation);
        }
    }
}
