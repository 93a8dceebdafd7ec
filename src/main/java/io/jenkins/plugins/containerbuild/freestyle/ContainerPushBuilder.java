package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.PushOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pushes an image. */
public final class ContainerPushBuilder extends OperationBuilder {

    private final PushOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerPushBuilder(@NonNull PushOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public PushOperation getOperation() {
        return operation;
    }

    @Override
    PushOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(PushOperation.class, Messages._PushOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerPushBuilder((PushOperation) operation);
        }
    }
}
