package io.jenkins.plugins.containerbuild.pipeline;

import groovy.lang.Closure;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import io.jenkins.plugins.containerbuild.operation.StartedContainer;
import io.jenkins.plugins.containerbuild.operation.StartedStack;

/** A block that is called with what its step has made. */
final class BlockBody extends Closure<Object> {

    private static final long serialVersionUID = 1L;

    private final Closure<?> body;
    private final BlockSlot slot;

    BlockBody(Closure<?> body, BlockSlot slot) {
        super(body.getOwner(), body.getThisObject());
        this.body = body;
        this.slot = slot;
    }

    /** Called by Pipeline when the block begins. */
    @Override
    public Object call() {
        return body.getMaximumNumberOfParameters() == 0 ? body.call() : body.call(value(slot.made()));
    }

    private static Object value(OperationResult made) {
        if (made instanceof StartedStack stack) {
            return new StackHandle(stack);
        }
        return made instanceof StartedContainer container ? new ContainerHandle(container) : made;
    }

    @Override
    public Object call(Object... arguments) {
        return call();
    }

    @Override
    public Object call(Object argument) {
        return call();
    }
}
