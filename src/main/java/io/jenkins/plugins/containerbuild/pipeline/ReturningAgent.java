package io.jenkins.plugins.containerbuild.pipeline;

import hudson.FilePath;
import io.jenkins.plugins.containerbuild.agent.AgentLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Waits for an agent to come back after a restart of the controller. */
final class ReturningAgent {

    private static final Duration LONGEST_WAIT =
            Duration.ofSeconds(SystemProperties.getInteger(ReturningAgent.class.getName() + ".seconds", 300));
    private static final long POLL_MILLIS = 500;

    private ReturningAgent() {}

    /**
     * The step's workspace, once its agent is connected again.
     *
     * @throws AgentLostException when it does not come back in time
     */
    static FilePath workspace(StepContext context) throws AgentLostException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
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
        throw AgentLostException.afterRestart(LONGEST_WAIT.toSeconds() + " seconds", reason);
    }
}
