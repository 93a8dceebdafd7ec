package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.RunOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Runs one command in a container of its own. */
public final class ContainerRunBuilder extends OperationBuilder {

    private final RunOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerRunBuilder(@NonNull RunOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public RunOperation getOperation() {
        return operation;
    }

    @Override
    RunOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(RunOperation.class, Messages._RunOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerRunBuilder((RunOperation) operation);
        }
    }
}
