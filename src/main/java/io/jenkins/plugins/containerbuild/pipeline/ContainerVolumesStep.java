package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumesOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerVolumes}: the named volumes. */
public final class ContainerVolumesStep extends OperationStep {

    private final VolumesOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerVolumesStep(@NonNull VolumesOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumesOperation getOperation() {
        return operation;
    }

    @Override
    VolumesOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerVolumes", VolumesOperation.class, Messages._VolumesOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerVolumesStep((VolumesOperation) operation);
        }
    }
}
