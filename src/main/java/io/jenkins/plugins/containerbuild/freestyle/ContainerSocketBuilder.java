package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.SocketOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Looks at the Docker socket and repairs it. */
public final class ContainerSocketBuilder extends OperationBuilder {

    private final SocketOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerSocketBuilder(@NonNull SocketOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public SocketOperation getOperation() {
        return operation;
    }

    @Override
    SocketOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(SocketOperation.class, Messages._SocketOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerSocketBuilder((SocketOperation) operation);
        }
    }
}
