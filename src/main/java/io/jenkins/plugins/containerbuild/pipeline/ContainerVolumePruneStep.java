package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumePruneOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumePrune}: volumes that nobody needs are removed. */
public final class ContainerVolumePruneStep extends OperationStep {

    private final VolumePruneOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumePruneStep(@NonNull VolumePruneOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumePruneOperation getOperation() {
        return operation;
    }

    @Override
    VolumePruneOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerVolumePrune", VolumePruneOperation.class, Messages._VolumePruneOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumePruneStep((VolumePruneOperation) operation);
        }
    }
}
