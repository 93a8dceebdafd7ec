package io.jenkins.plugins.containerbuild.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.operation.ContainerOperation;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jvnet.localizer.Localizable;

/** A Pipeline step with a block, around one operation. */
public abstract class BlockStep extends OperationStep {

    /** The argument by which {@link BlockVariable} hands over its slot. */
    static final String SLOT = "slot";

    private BlockSlot slot;

    final void setSlot(@CheckForNull BlockSlot slot) {
        this.slot = slot;
    }

    /** What the block's steps find besides the variables of the result. */
    @CheckForNull
    BlockContext blockContext() {
        return null;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BlockExecution(context, operation(), getDescriptor().getFunctionName(), slot, blockContext());
    }

    /** As {@link OperationStepDescriptor}, for steps with a block. */
    public abstract static class BlockStepDescriptor extends OperationStepDescriptor {

        BlockStepDescriptor(
                String function, Class<? extends ContainerOperation<?>> operation, Localizable displayName) {
            super(function, operation, displayName);
        }

        @Override
        public final boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public final Step newInstance(Map<String, Object> arguments) throws Exception {
            Map<?, ?> given = FlatArguments.of(arguments, getFunctionName());
            if (!(given.get(SLOT) instanceof BlockSlot slot)) {
                return super.newInstance(arguments);
            }
            Map<Object, Object> options = new HashMap<>(given);
            options.remove(SLOT);
            BlockStep step = (BlockStep) super.newInstance(FlatArguments.wrapped(options));
            step.setSlot(slot);
            return step;
        }
    }
}
