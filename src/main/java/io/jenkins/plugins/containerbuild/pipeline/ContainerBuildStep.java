package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.BuildOperation;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerBuild}: builds an image. */
public final class ContainerBuildStep extends OperationStep {

    private final BuildOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerBuildStep(@NonNull BuildOperation operation) {
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

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerBuild", BuildOperation.class, Messages._BuildOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerBuildStep((BuildOperation) operation);
        }
    }
}
