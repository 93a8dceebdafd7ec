package io.jenkins.plugins.containerbuild.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Agent and controller are killed in the middle of each block; nothing is left once the node has connected again. */
@WithEngine
class KilledBuildsIT {

    private static final String AGENT = "killed-agent";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void aKilledAgentLeavesNothingOnceItIsBack(TestEngine engine) throws Throwable {
        String foreign = Remains.ofAnotherController(engine, "every-block#1");
        engine.makeShellImage();
        Remains remains = new Remains(engine);
        startWithAgent(engine);
        jenkins.runRemotely(KilledBuildsIT::start);
        jenkins.runRemotely(KilledBuildsIT::awaitTheMiddle);

        killAgent();
        jenkins.runRemotely(KilledBuildsIT::abort);

        assertThat(remains.count("container")).isGreaterThanOrEqualTo(6);
        assertThat(remains.count("network")).isEqualTo(2);
        assertThat(remains.count("volume")).isEqualTo(3);
        assertThat(remains.count("image")).isEqualTo(1);
        agents.start(jenkins, options());
        remains.awaitNothing();
        assertThat(engine.runningContainers()).hasSize(1);
        engine.client().removeContainerCmd(foreign).withForce(true).exec();
    }

    @Test
    void aKilledControllerLeavesNothingOfADeadBuildAndAllOfALivingOne(TestEngine engine) throws Throwable {
        engine.makeShellImage();
        Remains remains = new Remains(engine);
        startWithAgent(engine);
        jenkins.runRemotely(KilledBuildsIT::start);
        jenkins.runRemotely(KilledBuildsIT::startTheSurvivor);
        jenkins.runRemotely(KilledBuildsIT::awaitTheMiddle);

        jenkins.stopJenkinsForcibly();
        assertThat(remains.count("container")).isGreaterThanOrEqualTo(5);
        jenkins.startJenkins();
        jenkins.runRemotely(KilledBuildsIT::awaitTheDeath);

        remains.await(1);
        jenkins.runRemotely(KilledBuildsIT::letTheSurvivorGo);
        remains.awaitNothing();
    }

    private static InboundAgentExtension.Options options() {
        return InboundAgentExtension.Options.newBuilder()
                .name(AGENT)
                .webSocket()
                .build();
    }

    private void startWithAgent(TestEngine engine) throws Throwable {
        HashMap<String, String> compose = new HashMap<>(TestCompose.find().variables());
        jenkins.startJenkins();
        jenkins.runRemotely(KilledBuildsIT::configure, engine.uri().toString(), compose);
        agents.createAgent(jenkins, options());
    }

    /** Without a moment in which it could clear away. */
    private void killAgent() throws Exception {
        ProcessHandle process = ProcessHandle.current()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains(AGENT))
                .findFirst()
                .orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    private static void configure(JenkinsRule rule, String engine, HashMap<String, String> more) throws Exception {
        JenkinsKit.useAddress(rule.jenkins, engine, more);
        rule.jenkins.save();
    }

    /** Of a kind that does not outlive its controller. */
    private static void start(JenkinsRule rule) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, "every-block");
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        job.setDefinition(new CpsFlowDefinition(
                "env.BUILDER = '" + AGENT + "'\n" + JenkinsKit.jenkinsfile(KilledBuildsIT.class, "every-block"), true));
        job.scheduleBuild2(0).waitForStart();
    }

    /** Waits by a step that goes on in another controller; one such as fileExists would fail when killed in its midst. */
    private static void startTheSurvivor(JenkinsRule rule) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, "survivor");
        job.setDefinition(new CpsFlowDefinition(
                "node('built-in') { withContainer(image: 'base:1', command: ['sleep', '300']) { c ->\n"
                        + "echo 'in the survivor'\n"
                        + "while (!currentBuild.description) { sleep 1 }\n"
                        + "echo \"still=${containerExec(container: env.CONTAINER_ID, command: ['echo', 'there']).output}\"\n"
                        + "} }",
                true));
        rule.waitForMessage("in the survivor", job.scheduleBuild2(0).waitForStart());
    }

    private static void letTheSurvivorGo(JenkinsRule rule) throws Exception {
        WorkflowRun run = lastRun(rule, "survivor");
        run.setDescription("go");
        rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
        rule.assertLogContains("still=there", run);
    }

    private static void awaitTheMiddle(JenkinsRule rule) throws Exception {
        WorkflowRun run = lastRun(rule, "every-block");
        for (String message : Remains.IN_THE_MIDDLE) {
            rule.waitForMessage(message, run);
        }
    }

    private static void abort(JenkinsRule rule) throws Exception {
        InboundAgentExtension.waitForAgentOffline(rule, AGENT);
        WorkflowRun run = lastRun(rule, "every-block");
        run.doStop();
        assertThat(rule.waitForCompletion(run).getResult()).isIn(Result.ABORTED, Result.FAILURE);
    }

    private static void awaitTheDeath(JenkinsRule rule) throws Exception {
        WorkflowRun run = lastRun(rule, "every-block");
        rule.waitForCompletion(run);
        assertThat(run.getResult()).isEqualTo(Result.FAILURE);
        InboundAgentExtension.waitForAgentOnline(rule, AGENT, Map.of());
    }

    private static WorkflowRun lastRun(JenkinsRule rule, String job) {
        return rule.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }
}
