package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.TagOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerTag}: gives an image more names. */
public final class ContainerTagStep extends OperationStep {

    private final TagOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerTagStep(@NonNull TagOperation operation) {
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

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerTag", TagOperation.class, Messages._TagOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerTagStep((TagOperation) operation);
        }
    }
}
