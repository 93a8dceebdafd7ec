package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.VolumeOperation;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withContainerVolume}: a named volume for a block of steps. */
public final class WithContainerVolumeStep extends BlockStep {

    private final VolumeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public WithContainerVolumeStep(@NonNull VolumeOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public VolumeOperation getOperation() {
        return operation;
    }

    @Override
    VolumeOperation operation() {
        return operation.forBlock();
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("withContainerVolume", VolumeOperation.class, Messages._WithVolumeOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new WithContainerVolumeStep((VolumeOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("withContainerVolume", "name");
        }
    }
}
