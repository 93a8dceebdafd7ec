package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.WithContainerOperation;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withContainer}: a container beside a block of steps. */
public final class WithContainerStep extends BlockStep {

    private final WithContainerOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public WithContainerStep(@NonNull WithContainerOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public WithContainerOperation getOperation() {
        return operation;
    }

    @Override
    WithContainerOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("withContainer", WithContainerOperation.class, Messages._WithContainerOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new WithContainerStep((WithContainerOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("withContainer", "image");
        }
    }
}
