package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.DeleteOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Deletes an image in its registry. */
public final class ContainerDeleteBuilder extends OperationBuilder {

    private final DeleteOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerDeleteBuilder(@NonNull DeleteOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public DeleteOperation getOperation() {
        return operation;
    }

    @Override
    DeleteOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(DeleteOperation.class, Messages._DeleteOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerDeleteBuilder((DeleteOperation) operation);
        }
    }
}
