package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.MergeOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Joins images of several platforms. */
public final class ContainerMergeBuilder extends OperationBuilder {

    private final MergeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerMergeBuilder(@NonNull MergeOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public MergeOperation getOperation() {
        return operation;
    }

    @Override
    MergeOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(MergeOperation.class, Messages._MergeOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerMergeBuilder((MergeOperation) operation);
        }
    }
}
