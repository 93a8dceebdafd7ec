package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.ImagesOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerImages}: the tags of a repository. */
public final class ContainerImagesStep extends OperationStep {

    private final ImagesOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerImagesStep(@NonNull ImagesOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public ImagesOperation getOperation() {
        return operation;
    }

    @Override
    ImagesOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerImages", ImagesOperation.class, Messages._ImagesOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerImagesStep((ImagesOperation) operation);
        }
    }
}
