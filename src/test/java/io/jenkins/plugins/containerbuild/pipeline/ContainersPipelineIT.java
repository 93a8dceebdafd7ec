package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Containers and networks beside a Pipeline's steps. */
@WithJenkins
@WithEngine
class ContainersPipelineIT {

    private JenkinsRule jenkins;
    private TestEngine engine;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
        engine.makeShellImage();
    }

    @Test
    void aContainerIsThereForItsBlock() throws Exception {
        String log = succeeds("beside");

        assertThat(log)
                .contains("id=64 name=true host=127.0.0.1 same=true")
                .contains("answer=pong")
                .contains("exec=0:inside as 1234 with a value")
                .contains("status=3")
                .contains("logged=true")
                .contains("result=42")
                .doesNotContain("expected to call");
        assertNothingLeft();
    }

    @Test
    void containersOfABlocksNetworkFindEachOther() throws Exception {
        String log = succeeds("network");

        assertThat(log).contains("answer=pong").contains("also=pong");
        assertNothingLeft();
    }

    @Test
    void shellStepsRunInsideAContainer() throws Exception {
        WorkflowRun run = runs("inside", Result.SUCCESS);

        assertThat(JenkinsKit.plainLog(run))
                .contains("outside=no such program")
                .contains("inside=busybox in the same place")
                .contains("variable=from outside")
                .contains("status=5")
                .contains("home=true", "buildsHome=true")
                .contains("ownPath=true", "buildsPath=/bin:/opt/bin")
                .contains("after=outside again");
        assertNothingLeft();
    }

    @Test
    void aVolumeIsThereForItsBlockAndOneThatWasThereBeforeStays() throws Exception {
        String log = succeeds("volume");

        assertThat(log)
                .contains("made=true same=true scope=build", "copied=for the block", "left=false")
                .contains("again=false", "kept=true");
        engine.client().removeVolumeCmd("was-there-before").exec();
        assertNothingLeft();
    }

    @Test
    void declarativePipelinesHaveThemToo() throws Exception {
        assertThat(succeeds("containers-declarative")).contains("there=true", "in the container");
        assertNothingLeft();
    }

    @Test
    void aFailingBlockShowsTheContainersLastLinesAndLeavesNothing() throws Exception {
        WorkflowRun run = schedule(
                "node { withContainer(image: 'base:1', command: ['sh', '-c', 'echo now-$((40+2)); sleep 300'],"
                        + " waitFor: 'log:now-42') { error 'the test failed' } }",
                Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run)).contains("The last lines of the container", "now-42", "the test failed");
        assertNothingLeft();
    }

    @Test
    void aContainerThatDiesBeforeItsBlockEndsIsToldOf() throws Exception {
        WorkflowJob job =
                job("node { withContainer(image: 'base:1', command: ['sh', '-c', 'echo now-$((40+2)); sleep 300'],"
                        + " waitFor: 'log:now-42') { echo 'in the block'; while (!fileExists('go')) { sleep 1 } } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("in the block", run);
        String id = containers().get(0).getId();

        engine.client().killContainerCmd(id).exec();
        while (Boolean.TRUE.equals(
                engine.client().inspectContainerCmd(id).exec().getState().getRunning())) {
            Thread.sleep(50);
        }
        jenkins.jenkins.getWorkspaceFor(job).child("go").write("", null);

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(JenkinsKit.plainLog(run))
                .contains(
                        "WARNING: The process of the container container-build-",
                        "ended with exit code 137 before its block")
                .contains("The last lines of the container", "now-42");
        assertNothingLeft();
    }

    @Test
    void anAbortedBlockLeavesNothing() throws Exception {
        WorkflowJob job = job("node { withContainerNetwork { withContainer(image: 'base:1', command: ['sleep', '300'],"
                + " aliases: ['x']) { echo 'in the block'; sleep 300 } } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("in the block", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertNothingLeft();
    }

    @Test
    void anAbortedStartLeavesNothing() throws Exception {
        WorkflowJob job = job("node { withContainer(image: 'base:1', command: ['sleep', '300'], waitFor: 'log:never',"
                + " timeLimit: '5m') { echo 'never' } }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        while (containers().isEmpty()) {
            Thread.sleep(50);
        }

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(JenkinsKit.plainLog(run)).doesNotContain("[Pipeline] echo");
        assertNothingLeft();
    }

    @Test
    void commandsOfAContainerRunToTheirEnd() throws Exception {
        String log = succeeds("run");

        assertThat(log)
                .contains("code=0 output=[hello] cut=false")
                .contains("allowed=7")
                .contains("file=lines of output")
                .contains("from the workspace")
                .doesNotContain("not to be seen");
        assertNothingLeft();
    }

    @Test
    void aProcessThatIsNotRootBuildsThroughTheSocket() throws Exception {
        AgentContainer.provideImage(engine);
        Path socket = engine.folder().resolve("engine.sock");
        int group = (int) Files.getAttribute(socket, "unix:gid");
        try {
            // Docker's own, of a group that nobody is in.
            Files.setAttribute(socket, "unix:gid", 2375);
            assertThat(succeeds("docker-socket")).contains("user=1000", "Successfully tagged through-the-socket:1");
            assertThat(engine.hasImage("through-the-socket:1")).isTrue();

            Files.setAttribute(socket, "unix:gid", 0);
            assertThat(JenkinsKit.plainLog(runs("docker-socket", Result.FAILURE)))
                    .contains("its group is 0 (root), and a container is not put into that group unasked");
            assertThat(succeeds("docker-socket-zero")).contains("groups=1000 0");
        } finally {
            Files.setAttribute(socket, "unix:gid", group);
        }
        assertNothingLeft();
    }

    private String succeeds(String scenario) throws Exception {
        return JenkinsKit.plainLog(runs(scenario, Result.SUCCESS));
    }

    private WorkflowRun runs(String scenario, Result expected) throws Exception {
        return schedule(JenkinsKit.jenkinsfile(ContainersPipelineIT.class, scenario), expected);
    }

    private WorkflowRun schedule(String script, Result expected) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private List<Container> containers() {
        return engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Ownership.CONTROLLER))
                .exec();
    }

    private void assertNothingLeft() {
        assertThat(containers()).isEmpty();
        assertThat(engine.client()
                        .listNetworksCmd()
                        .withFilter("label", List.of(Ownership.CONTROLLER))
                        .exec())
                .isEmpty();
    }
}
