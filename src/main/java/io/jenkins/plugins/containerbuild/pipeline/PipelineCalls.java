package io.jenkins.plugins.containerbuild.pipeline;

import groovy.lang.Closure;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.jenkinsci.plugins.workflow.cps.DSL;

/**
 * Calls steps from methods that scripts call. As Pipeline does it, such a method never returns: it ends with an error that
 * tells Pipeline to suspend the script, which goes on with the step's value when there is one. So nothing may follow.
 */
final class PipelineCalls {

    private PipelineCalls() {}

    /** Calls a step with a block. */
    static Object call(String step, Map<String, ?> arguments, Closure<?> body) {
        return dsl().invokeMethod(step, new Object[] {arguments, body});
    }

    /** Calls a step. */
    static Object call(String step, Map<String, ?> arguments) {
        return dsl().invokeMethod(step, new Object[] {arguments});
    }

    private static DSL dsl() {
        return new DSL(CpsThread.current().getExecution().getOwner());
    }
}
