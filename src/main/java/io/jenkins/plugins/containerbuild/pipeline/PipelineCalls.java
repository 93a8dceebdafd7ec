package io.jenkins.plugins.containerbuild.pipeline;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
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

    /**
     * Calls a step from a method.
     *
     * @param method the method's name, which Pipeline expects to see
     */
    static Object method(String method, String step, Map<String, ?> arguments) {
        try {
            return dsl().invokeMethod(step, new Object[] {arguments});
        } catch (CpsCallableInvocation e) {
            throw new CpsCallableInvocation(method, e.call, e.receiver, e.arguments.toArray());
        }
    }

    private static DSL dsl() {
        return new DSL(CpsThread.current().getExecution().getOwner());
    }
}
