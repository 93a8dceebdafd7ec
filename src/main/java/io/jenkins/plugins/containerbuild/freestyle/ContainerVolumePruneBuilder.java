package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumePruneOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Removes volumes that nobody needs any more. */
public final class ContainerVolumePruneBuilder extends OperationBuilder {

    private final VolumePruneOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumePruneBuilder(@NonNull VolumePruneOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumePruneOperation getOperation() {
        return operation;
    }

    @Override
    VolumePruneOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(VolumePruneOperation.class, Messages._VolumePruneOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerVolumePruneBuilder((VolumePruneOperation) operation);
        }
    }
}
