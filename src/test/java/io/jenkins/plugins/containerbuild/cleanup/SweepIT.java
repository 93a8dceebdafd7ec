package io.jenkins.plugins.containerbuild.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSpaceBudget;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds left that are gone is ended by the hourly sweep, which also holds daemons within their space. */
@WithJenkins
@WithEngine
class SweepIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private JenkinsRule jenkins;
    private TestEngine engine;
    private Remains remains;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        engine = testEngine;
        remains = new Remains(engine);
        JenkinsKit.useEngine(rule.jenkins, testEngine, Map.of());
    }

    @Test
    void theHourlySweepEndsWhatDeadBuildsLeftAndSparesLivingOnes() throws Exception {
        jenkins.buildAndAssertSuccess(job("user", "node { containerVolume(name: 'kept') }"));
        String dead = container("user#1");
        String deleted = container("never-heard-of#3");
        String noName = container("what is this");
        WorkflowRun run = job("alive", "node { echo 'waits'; sleep 300 }")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("waits", run);
        BuildDaemons.add(run, NodeDaemons.get().all().get(0));
        String alive = container("alive#1");
        run.getParent().renameTo("renamed");

        new SweepPeriodically().execute(null);

        BackgroundCall.await(PATIENCE, () -> !isThere(dead) && !isThere(deleted));
        assertThat(isThere(alive)).isTrue();
        assertThat(isThere(noName)).isTrue();
        run.doStop();
        jenkins.waitForCompletion(run);
        BackgroundCall.await(PATIENCE, () -> !isThere(alive));
        engine.client().removeContainerCmd(noName).exec();
        engine.client().removeVolumeCmd("kept").exec();
        remains.awaitNothing();
    }

    @Test
    void volumesAreHeldWithinTheBudget() throws Exception {
        jenkins.buildAndAssertSuccess(job(
                "user",
                "node { writeFile file: 'a', text: 'text'; containerVolume(name: 'large')\n"
                        + "containerVolumeCopy(from: 'a', to: 'large:/') }"));
        ConfiguredSpaceBudget budget = new ConfiguredSpaceBudget();
        new SweepPeriodically().execute(null);
        budget.setVolumesGb(0);
        assertThat(remains.count("volume")).isEqualTo(1);

        ContainerBuildsConfiguration.get().setSpaceBudget(budget);
        new SweepPeriodically().execute(null);

        remains.awaitNothing();
    }

    @Test
    void imagesOfBuildsAreHeldWithinTheBudget() throws Exception {
        ConfiguredSpaceBudget budget = new ConfiguredSpaceBudget();
        budget.setImagesGb(0);
        String script =
                "node { writeFile file: 'Dockerfile', text: \"FROM base:1\\nRUN echo ${env.JOB_NAME} > /name\"\n"
                        + "containerBuild(tags: [\"made/${env.JOB_NAME}:1\"]) }";
        jenkins.buildAndAssertSuccess(job("before", script));
        ContainerBuildsConfiguration.get().setSpaceBudget(budget);
        jenkins.buildAndAssertSuccess(job("after", script));
        assertThat(engine.hasImage("made/after:1")).isTrue();

        new SweepPeriodically().execute(null);

        BackgroundCall.await(Duration.ofSeconds(30), () -> !engine.hasImage("made/after:1"));
        assertThat(engine.hasImage("made/before:1")).isTrue();
        BackgroundCall.await(
                Duration.ofSeconds(30),
                () -> MadeImages.get().of(NodeDaemons.get().all().get(0)).isEmpty());
        engine.removeImage("made/before:1");
    }

    @Test
    void aDaemonThatStaysAwayIsToldOfOnce() throws Exception {
        NodeDaemons.get().add(new UsedDaemon("", null, Map.of("DOCKER_HOST", "unix:///nowhere.sock")));
        ContainerBuildsConfiguration.get().setServers(List.of());
        LogRecorder log = new LogRecorder().record(Reaping.class, Level.FINE).capture(100);

        new SweepPeriodically().execute(null);
        awaitTroubles(log, 1);
        new SweepPeriodically().execute(null);
        awaitTroubles(log, 2);

        assertThat(log.getRecords().stream().filter(record -> record.getLevel() == Level.WARNING))
                .hasSize(1)
                .allMatch(record -> record.getMessage().contains("/nowhere.sock"));
    }

    private static void awaitTroubles(LogRecorder log, long count) throws Exception {
        BackgroundCall.await(
                Duration.ofSeconds(30),
                () -> log.getMessages().stream()
                                .filter(message -> message.startsWith("Could not clean up on the built-in node"))
                                .count()
                        >= count);
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** As a build leaves it that has died. */
    private String container(String build) {
        return engine.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withCmd("sleep", "300")
                .withLabels(Map.of(
                        Ownership.CONTROLLER, Makers.controller(), Ownership.BUILD, build, Ownership.SCOPE, "build"))
                .exec()
                .getId();
    }

    private boolean isThere(String container) {
        return engine.client().listContainersCmd().withShowAll(true).exec().stream()
                .anyMatch(one -> one.getId().equals(container));
    }
}
