package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.InspectOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Looks at an image in its registry. */
public final class ContainerInspectBuilder extends OperationBuilder {

    private final InspectOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerInspectBuilder(@NonNull InspectOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public InspectOperation getOperation() {
        return operation;
    }

    @Override
    InspectOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(InspectOperation.class, Messages._InspectOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerInspectBuilder((InspectOperation) operation);
        }
    }
}
