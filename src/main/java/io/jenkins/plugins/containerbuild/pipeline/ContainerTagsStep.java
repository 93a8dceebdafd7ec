package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.TagsOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerTags}: tags by rules. */
public final class ContainerTagsStep extends OperationStep {

    private final TagsOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerTagsStep(@NonNull TagsOperation operation) {
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

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerTags", TagsOperation.class, Messages._TagsOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerTagsStep((TagsOperation) operation);
        }
    }
}
