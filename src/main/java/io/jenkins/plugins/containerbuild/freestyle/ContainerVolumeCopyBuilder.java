package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeCopyOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Copies files between the workspace and a volume. */
public final class ContainerVolumeCopyBuilder extends OperationBuilder {

    private final VolumeCopyOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumeCopyBuilder(@NonNull VolumeCopyOperation operation) {
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

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumeCopyOperation.class, Messages._VolumeCopyOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumeCopyBuilder((VolumeCopyOperation) operation);
        }
    }
}
