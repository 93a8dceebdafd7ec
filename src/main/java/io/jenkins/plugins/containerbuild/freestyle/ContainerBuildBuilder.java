package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Builds an image. */
public final class ContainerBuildBuilder extends OperationBuilder {

    private final BuildOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerBuildBuilder(@NonNull BuildOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public BuildOperation getOperation() {
        return operation;
    }

    @Override
    BuildOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(BuildOperation.class, Messages._BuildOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerBuildBuilder((BuildOperation) operation);
        }
    }
}
