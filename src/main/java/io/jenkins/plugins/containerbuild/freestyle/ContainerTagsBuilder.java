package io.jenkins.plugins.containerbuild.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.TagsOperation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** Computes tags. */
public final class ContainerTagsBuilder extends OperationBuilder {

    private final TagsOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerTagsBuilder(@NonNull TagsOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public TagsOperation getOperation() {
        return operation;
    }

    @Override
    TagsOperation operation() {
        return operation;
    }

    /** The build step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationBuilderDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super(TagsOperation.class, Messages._TagsOperation_DisplayName());
        }

        @Override
        Builder builder(ContainerOperation<?> operation) {
            return new ContainerTagsBuilder((TagsOperation) operation);
        }
    }
}
