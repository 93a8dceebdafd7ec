package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ComposeOperation;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withContainerCompose}: a project of Docker Compose beside a block of steps. */
public final class WithContainerComposeStep extends BlockStep {

    private final ComposeOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public WithContainerComposeStep(@NonNull ComposeOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public ComposeOperation getOperation() {
        return operation;
    }

    @Override
    ComposeOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("withContainerCompose", ComposeOperation.class, Messages._ComposeOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new WithContainerComposeStep((ComposeOperation) operation);
        }
    }

    /** Gives the step's closure what was made. */
    @OptionalExtension(requirePlugins = "workflow-cps")
    public static final class Variable extends BlockVariable {

        /** Called by Jenkins. */
        public Variable() {
            super("withContainerCompose", "files");
        }
    }
}
