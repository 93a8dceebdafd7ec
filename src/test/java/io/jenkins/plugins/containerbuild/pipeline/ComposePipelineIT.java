package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.OwnedThings;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Projects of Docker Compose beside a Pipeline's steps. */
@WithJenkins
@WithEngine
class ComposePipelineIT {

    private static TestCompose compose;

    private JenkinsRule jenkins;
    private TestEngine engine;

    @BeforeAll
    static void findCompose() {
        compose = TestCompose.find();
    }

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        JenkinsKit.useEngine(rule.jenkins, testEngine, compose.variables());
    }

    @AfterEach
    void nothingIsLeft() {
        OwnedThings.assertNoContainersOrNetworks(engine);
        assertThat(OwnedThings.volumes(engine)).isEmpty();
    }

    @Test
    void aProjectIsThereForItsBlock() throws Exception {
        WorkflowRun run = schedule(JenkinsKit.jenkinsfile(ComposePipelineIT.class, "compose"), Result.SUCCESS);

        assertThat(JenkinsKit.plainLog(run))
                .contains("Using Docker Compose 2.", "project=true same=true", "host=127.0.0.1 version=2.")
                .contains("services=db,worker,worker-2 state=running health=healthy")
                .contains("port=true", "exec=0:inside as 1234", "logged=of the build and its own")
                .contains("refused=the service db publishes no port 80", "result=42")
                .doesNotContain("expected to call");
    }

    @Test
    void aFailingBlockKeepsTheLogsOfAllServices() throws Exception {
        WorkflowRun run = schedule(
                "node { " + file("command: ['sh', '-c', 'echo now-$$((40+2)); sleep 300']")
                        + "withContainerCompose { error 'the test failed' } }",
                Result.FAILURE);

        assertThat(JenkinsKit.plainLog(run))
                .contains("The last lines of the service web:", "web | now-42", "the test failed", "compose-logs");
        assertThat(jenkins.jenkins
                        .getWorkspaceFor(run.getParent())
                        .child("compose-logs/web.log")
                        .readToString())
                .isEqualTo("now-42\n");
    }

    @Test
    void anAbortedBlockAndAnAbortedStartLeaveNothing() throws Exception {
        WorkflowRun inTheBlock = start("command: ['sleep', '300']");
        jenkins.waitForMessage("in the block", inTheBlock);
        abort(inTheBlock);

        WorkflowRun notReady = start("command: ['sleep', '300'], healthcheck: {test: ['CMD', 'false'], retries: 999}");
        BackgroundCall.await(
                Duration.ofMinutes(2), () -> !engine.runningContainers().isEmpty());
        abort(notReady);
        assertThat(JenkinsKit.plainLog(notReady)).doesNotContain("in the block");
    }

    private WorkflowRun start(String service) throws Exception {
        return job("node { " + file(service) + "withContainerCompose { echo 'in the block'; sleep 300 } }")
                .scheduleBuild2(0)
                .waitForStart();
    }

    private void abort(WorkflowRun run) throws Exception {
        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        nothingIsLeft();
    }

    /** Also when the job has another name by then. */
    @Test
    void keptVolumesEndWithTheJob() throws Exception {
        WorkflowJob job = job("node { " + file("command: ['sleep', '300'], volumes: ['data:/data']")
                + "writeFile file: 'more.yml', text: 'volumes: {data: }'\n"
                + "withContainerCompose(files: ['compose.yml', 'more.yml'], keepVolumes: true) { echo 'it runs' } }");
        jenkins.buildAndAssertSuccess(job);
        assertThat(OwnedThings.volumes(engine)).hasSize(1);
        job.renameTo("renamed");

        job.delete();

        BackgroundCall.await(
                Duration.ofMinutes(1), () -> OwnedThings.volumes(engine).isEmpty());
    }

    @Test
    void mistakesAreToldInOneLine() throws Exception {
        for (Map.Entry<String, String> mistake : Map.of(
                        "withContainerCompose(file: 'x') { }", "has no option 'file'. Did you mean 'files'?",
                        "withContainerCompose('no.yml') { }", "could not read the Compose file no.yml",
                        "withContainerCompose(project: 'A B') { }", "could not use 'A B' as a project's name",
                        "withContainerCompose(timeLimit: 'soon') { }", "could not read the option timeLimit",
                        "withContainerCompose(services: ['app']) { }", "no such service: app",
                        "withContainerCompose { }", "the service web: it asks for privileged")
                .entrySet()) {
            WorkflowRun run = schedule("node { " + file("privileged: true") + mistake.getKey() + " }", Result.FAILURE);

            assertThat(JenkinsKit.plainLog(run).lines().filter(line -> line.startsWith("ERROR: ")))
                    .hasSize(1);
            assertThat(JenkinsKit.plainLog(run)).contains(mistake.getValue());
        }
    }

    private static String file(String service) {
        return "writeFile file: 'compose.yml', text: '''services: {web: {image: 'base:1', stop_signal: SIGKILL, "
                + service + "}}'''\n";
    }

    private WorkflowRun schedule(String script, Result expected) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
