package io.jenkins.plugins.containerbuild.pipeline;

import hudson.FilePath;
import io.jenkins.plugins.containerbuild.agent.AgentLostException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Waits for an agent to come back after a restart of the controller. */
final class ReturningAgent {

    /** A system property for administrators: how many seconds to wait. */
    static final String BOUND_PROPERTY = ReturningAgent.class.getName() + ".seconds";

    private static final int BOUND_SECONDS = 300;
    private static final long POLL_MILLIS = 500;

    private ReturningAgent() {}

    /**
     * The step's workspace, once its agent is connected again.
     *
     * @throws AgentLostException when it does not come back in time
     */
    static FilePath workspace(StepContext context) throws AgentLostException, InterruptedException {
        int seconds = SystemProperties.getInteger(BOUND_PROPERTY, BOUND_SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        IOException reason = null;
        while (System.nanoTime() < end) {
            try {
                FilePath workspace = context.get(FilePath.class);
                if (workspace != null) {
                    return workspace;
                }
            } catch (IOException e) {
                reason = e;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw AgentLostException.afterRestart(seconds + " seconds", reason);
    }
}
