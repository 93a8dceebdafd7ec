package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.TagOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Gives an image more names. */
public final class ContainerTagBuilder extends OperationBuilder {

    private final TagOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerTagBuilder(@NonNull TagOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public TagOperation getOperation() {
        return operation;
    }

    @Override
    TagOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(TagOperation.class, Messages._TagOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerTagBuilder((TagOperation) operation);
        }
    }
}
