package io.jenkins.plugins.containerbuild.pipeline;

import io.jenkins.plugins.containerbuild.operation.OperationContext;
import io.jenkins.plugins.containerbuild.operation.OperationResult;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the steps of a block find in their context, besides the variables of the result. */
interface BlockContext extends Serializable {

    /** Adds it. */
    void add(BodyInvoker block, StepContext step, OperationContext context, OperationResult made)
            throws IOException, InterruptedException;
}
