package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import io.jenkins.plugins.containerbuild.operation.Messages;
import io.jenkins.plugins.containerbuild.operation.SocketOperation;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code containerSocket}: looks at the Docker socket and repairs it. */
public final class ContainerSocketStep extends OperationStep {

    private final SocketOperation operation;

    /** @param operation the options */
    @DataBoundConstructor
    public ContainerSocketStep(@NonNull SocketOperation operation) {
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    /** The options. */
    @NonNull
    public SocketOperation getOperation() {
        return operation;
    }

    @Override
    SocketOperation operation() {
        return operation;
    }

    /** The step's descriptor. */
    @Extension
    public static final class DescriptorImpl extends OperationStepDescriptor {

        /** Called by Jenkins. */
        public DescriptorImpl() {
            super("containerSocket", SocketOperation.class, Messages._SocketOperation_DisplayName());
        }

        @Override
        Step step(ContainerOperation<?> operation) {
            return new ContainerSocketStep((SocketOperation) operation);
        }
    }
}
