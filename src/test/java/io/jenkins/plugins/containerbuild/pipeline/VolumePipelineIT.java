package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.OwnedThings;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Named volumes in Pipelines. */
@WithJenkins
@WithEngine
class VolumePipelineIT {

    private JenkinsRule jenkins;
    private TestEngine engine;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
    }

    @AfterEach
    void clearAway() {
        OwnedThings.volumes(engine)
                .forEach(name -> engine.client().removeVolumeCmd(name).exec());
    }

    @Test
    void factsOfAVolumeAreToldInTheSandbox() throws Exception {
        WorkflowRun run = runs(Result.SUCCESS, JenkinsKit.jenkinsfile(VolumePipelineIT.class, "volume-facts"));

        assertThat(JenkinsKit.plainLog(run))
                .contains("made=true again=false text=facts driver=local size=true used=[]")
                .contains("mountpoint=true created=true team=app")
                .contains("listed=[facts] of=[facts] none=[]")
                .contains("removed=[facts]");
        assertThat(OwnedThings.volumes(engine)).isEmpty();
    }

    @Test
    void labelsTellWhoMadeAVolume() throws Exception {
        WorkflowRun run = runs(Result.SUCCESS, "node { containerVolume(name: 'labelled', maxAge: '7d') }");

        assertThat(volume("labelled").getLabels())
                .containsEntry(Ownership.CONTROLLER, jenkins.jenkins.getLegacyInstanceId())
                .containsEntry(Ownership.JOB, run.getParent().getFullName())
                .containsEntry(Ownership.BUILD, run.getExternalizableId())
                .containsEntry(Ownership.NODE, "")
                .containsEntry(Ownership.STEP, "containerVolume")
                .containsEntry(Ownership.SCOPE, "permanent")
                .containsEntry(Ownership.MAX_AGE, "604800");
    }

    @Test
    void twoBuildsShareAVolumeThatAnUnprivilegedContainerOwns() throws Exception {
        WorkflowJob job = job(JenkinsKit.jenkinsfile(VolumePipelineIT.class, "volume-shared"));

        String first = JenkinsKit.plainLog(jenkins.buildAndAssertSuccess(job));
        String second = JenkinsKit.plainLog(jenkins.buildAndAssertSuccess(job));

        assertThat(first).contains("owner=1000:1000 lines=1");
        assertThat(second).contains("owner=1000:1000 lines=2");
    }

    @Test
    void filesGoIntoAVolumeAndComeBack() throws Exception {
        String log = succeeds(JenkinsKit.jenkinsfile(VolumePipelineIT.class, "volume-copy"));

        assertThat(log)
                .contains("in=2 skipped=0")
                .contains("back=one two")
                .contains("mode=755")
                .contains("seen=4711:4711 one")
                .contains("restored=one two")
                .contains("archive=2 true");
    }

    @Test
    void whatIsInUseOrForeignStays() throws Exception {
        succeeds("node { containerVolume(name: 'used'); containerVolume(name: 'free') }");
        engine.client().createVolumeCmd().withName("not-ours").exec();
        engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withName("volume-user")
                .withHostConfig(HostConfig.newHostConfig().withBinds(Bind.parse("used:/data")))
                .exec();

        String log = succeeds(JenkinsKit.jenkinsfile(VolumePipelineIT.class, "volume-refused"));

        assertThat(log)
                .contains("could not remove the volume used: it is in use by volume-user")
                .contains("could not remove the volume not-ours: it was not made by this plugin")
                .contains("pruned=[free]")
                .contains("Kept the volume used: in use by volume-user")
                .contains("forced=[used]")
                .contains("foreign=[not-ours]");
    }

    @ParameterizedTest
    @CsvSource({"echo 'fine',SUCCESS", "error 'broken',FAILURE"})
    void aVolumeOfABuildEndsWithIt(String rest, String result) throws Exception {
        WorkflowRun run = runs(
                Result.fromString(result),
                "node { containerVolume(name: 'of-the-build', scope: 'build'); containerVolume(name: 'other')\n" + rest
                        + " }");

        assertThat(JenkinsKit.plainLog(run)).contains("of-the-build");
        awaitVolumes("other");
    }

    @Test
    void aVolumeOfABuildEndsWhenTheBuildIsAborted() throws Exception {
        WorkflowJob job =
                job("node { containerVolume(name: 'of-the-build', scope: 'build'); echo 'made it'; sleep 300 }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[Pipeline] sleep", run);
        assertThat(OwnedThings.volumes(engine)).containsExactly("of-the-build");

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        awaitVolumes();
    }

    @Test
    void aDaemonThatIsGoneAtTheEndChangesNoResult() throws Exception {
        try (TestEngine own = TestEngine.start(engine.kind())) {
            JenkinsKit.useEngine(jenkins.jenkins, own, Map.of());
            WorkflowJob job = job("node { containerVolume(name: 'of-the-build', scope: 'build'); echo 'made it'\n"
                    + "waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists 'go' } }");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("made it", run);
            own.stop();

            jenkins.jenkins.getWorkspaceFor(job).child("go").touch(0);

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            JenkinsKit.plainLog(run);
        }
    }

    @Test
    void aVolumeOfAJobEndsWithIt() throws Exception {
        WorkflowJob job = job("node { containerVolume(name: 'of-the-job', scope: 'job') }");
        jenkins.buildAndAssertSuccess(job);
        WorkflowJob other = job("node { containerVolume(name: 'of-another', scope: 'job') }");
        jenkins.buildAndAssertSuccess(other);
        job.renameTo("renamed");
        assertThat(OwnedThings.volumes(engine)).containsExactlyInAnyOrder("of-the-job", "of-another");

        job.delete();

        awaitVolumes("of-another");
    }

    @Test
    void aVolumeOfAJobOutlivesAnotherJobOfItsOldName() throws Exception {
        WorkflowJob job = job("node { containerVolume(name: 'of-the-first', scope: 'job') }");
        String name = job.getName();
        jenkins.buildAndAssertSuccess(job);
        job.renameTo("moved-away");
        WorkflowJob second = jenkins.createProject(WorkflowJob.class, name);
        second.setDefinition(
                new CpsFlowDefinition("node { containerVolume(name: 'of-the-second', scope: 'job') }", true));
        jenkins.buildAndAssertSuccess(second);

        second.delete();
        assertThat(OwnedThings.volumes(engine)).contains("of-the-first");
        job.delete();

        awaitVolumes();
    }

    private String succeeds(String script) throws Exception {
        return JenkinsKit.plainLog(runs(Result.SUCCESS, script));
    }

    private WorkflowRun runs(Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private InspectVolumeResponse volume(String name) {
        return engine.client().inspectVolumeCmd(name).exec();
    }

    /** Waits for what goes on in the background. */
    private void awaitVolumes(String... names) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!List.copyOf(OwnedThings.volumes(engine)).equals(List.of(names)) && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(OwnedThings.volumes(engine)).containsExactly(names);
    }
}
