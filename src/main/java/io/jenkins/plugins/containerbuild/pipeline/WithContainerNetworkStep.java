package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.NetworkOperation;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withContainerNetwork}: a network beside a block of steps. */
public final class WithContainerNetworkStep extends BlockStep {

    private final NetworkOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public WithContainerNetworkStep(@NonNull NetworkOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public NetworkOperation getOperation() {
        return operation;
    }

    @Override
    NetworkOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("withContainerNetwork", NetworkOperation.class, Messages._NetworkOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new WithContainerNetworkStep((NetworkOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("withContainerNetwork", "name");
        }
    }
}
