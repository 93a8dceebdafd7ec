package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.InspectOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerInspect}: looks at an image in its registry. */
public final class ContainerInspectStep extends OperationStep {

    private final InspectOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerInspectStep(@NonNull InspectOperation operation) {
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

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerInspect", InspectOperation.class, Messages._InspectOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerInspectStep((InspectOperation) operation);
        }
    }
}
