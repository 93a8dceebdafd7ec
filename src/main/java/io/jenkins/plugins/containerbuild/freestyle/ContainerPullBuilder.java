package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.PullOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Pulls an image. */
public final class ContainerPullBuilder extends OperationBuilder {

    private final PullOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerPullBuilder(@NonNull PullOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public PullOperation getOperation() {
        return operation;
    }

    @Override
    PullOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(PullOperation.class, Messages._PullOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerPullBuilder((PullOperation) operation);
        }
    }
}
