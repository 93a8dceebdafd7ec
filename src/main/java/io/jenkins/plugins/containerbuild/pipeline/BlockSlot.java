package io.jenkins.plugins.containerbuild.pipeline;

import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.io.Serializable;

/**
 * Carries what a block's step has made to the block's closure. Pipeline calls closures without arguments; the step and the
 * closure share this, also in the saved program of a running Pipeline.
 */
final class BlockSlot implements Serializable {

    private static final long serialVersionUID = 1L;

    private volatile OperationResult made;

    void fill(OperationResult result) {
        made = result;
    }

    OperationResult made() {
        return made;
    }
}
