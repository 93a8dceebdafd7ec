package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.CopyOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Copies an image from one name in a registry to others. */
public final class ContainerCopyBuilder extends OperationBuilder {

    private final CopyOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerCopyBuilder(@NonNull CopyOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public CopyOperation getOperation() {
        return operation;
    }

    @Override
    CopyOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(CopyOperation.class, Messages._CopyOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerCopyBuilder((CopyOperation) operation);
        }
    }
}
