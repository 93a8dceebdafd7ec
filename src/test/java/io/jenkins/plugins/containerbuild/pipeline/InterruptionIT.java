package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What happens to a build in the daemon when the Pipeline, the agent or the controller goes away. */
@WithEngine
class InterruptionIT {

    /** How many seconds an instruction takes that is to be cut off, whenever that is. */
    private static final int FAR_TOO_LONG = 300;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @ParameterizedTest
    @ValueSource(strings = {"", "remote"})
    void anAbortedPipelineStopsTheDaemonsWorkWithinFiveSeconds(String agent, TestEngine engine) throws Throwable {
        sessions.then(jenkins -> {
            if (!agent.isEmpty()) {
                startAgent(jenkins, agent);
            }
            WorkflowRun run = start(jenkins, "slow", engine, agent, 120);
            jenkins.waitForMessage("now-42", run);
            ProcessHandle instruction = runningInstruction();

            run.getExecutor().doStop();

            // Throws when it takes longer.
            instruction.onExit().get(5, TimeUnit.SECONDS);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(JenkinsKit.plainLog(run)).doesNotContain("finished=", "ERROR: ");
        });
    }

    @Test
    void aRestartedControllerStartsTheBuildAgain(TestEngine engine) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(jenkins, "slow", engine, "", FAR_TOO_LONG);
            jenkins.waitForMessage("now-42", run);
            // What is started again soon ends, but not what this controller is in the middle of.
            jenkins.jenkins
                    .getWorkspaceFor(run.getParent())
                    .child("Dockerfile")
                    .write("FROM base:1\nRUN true\n", "UTF-8");
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("slow", WorkflowJob.class).getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(JenkinsKit.plainLog(run))
                    .containsOnlyOnce("Jenkins was restarted: starting containerBuild again")
                    .contains("finished=" + engine.imageId("slow/app:1").orElseThrow());
        });
    }

    @Test
    void aStepThatTheShutdownCutsOffDoesNotFailAndLeavesGivingUpToPipeline(TestEngine engine) throws Throwable {
        sessions.then(jenkins -> {
            Slave agent = startAgent(jenkins, "away");
            WorkflowRun run = start(jenkins, "slow", engine, agent.getNodeName(), FAR_TOO_LONG);
            jenkins.waitForMessage("now-42", run);
        });
        agents.stop("away");
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("slow", WorkflowJob.class).getLastBuild();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(JenkinsKit.plainLog(run))
                    .contains("Timeout waiting for agent to come back")
                    .doesNotContain("could not finish on the agent");
        });
    }

    @Test
    void aLostAgentIsAReasonToTryAgain(TestEngine engine) throws Throwable {
        sessions.then(jenkins -> {
            Slave agent = startAgent(jenkins, "flaky");
            WorkflowRun run = start(jenkins, "retried", engine, agent.getNodeName(), FAR_TOO_LONG);
            jenkins.waitForMessage("now-42", run);

            agents.stop(jenkins, "flaky");
            jenkins.waitForMessage("Retrying", run);
            agents.start(jenkins, "flaky");

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(JenkinsKit.plainLog(run))
                    .contains("could not finish on the agent 'flaky': the connection to it was lost")
                    .contains("finished=" + engine.imageId("retried/app:1").orElseThrow());
        });
    }

    @Test
    void aLostAgentFailsTheBuildWithOneMessage(TestEngine engine) throws Throwable {
        sessions.then(jenkins -> {
            Slave agent = startAgent(jenkins, "gone");
            WorkflowRun run = start(jenkins, "slow", engine, agent.getNodeName(), FAR_TOO_LONG);
            jenkins.waitForMessage("now-42", run);

            agents.stop(jenkins, "gone");

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(JenkinsKit.plainLog(run))
                    .contains("ERROR: could not finish on the agent 'gone'")
                    .contains("retry(count: 2, conditions: [agent()])");
        });
    }

    /** The daemon's processes are this machine's. */
    private static ProcessHandle runningInstruction() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("now-$((40+2)); sleep 120; true"))
                .findFirst()
                .orElseThrow();
    }

    private Slave startAgent(JenkinsRule jenkins, String name) throws Exception {
        return agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .webSocket()
                        .build());
    }

    private static WorkflowRun start(JenkinsRule jenkins, String scenario, TestEngine engine, String agent, int seconds)
            throws Exception {
        JenkinsKit.useEngine(jenkins.jenkins, engine, Map.of());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, scenario);
        String settings = "env.BUILDER = '" + agent + "'; env.SECONDS = '" + seconds + "'\n";
        job.setDefinition(
                new CpsFlowDefinition(settings + JenkinsKit.jenkinsfile(InterruptionIT.class, scenario), true));
        return job.scheduleBuild2(0).waitForStart();
    }
}
