package io.jenkins.plugins.containerbuild.cleanup;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks that are aborted or take too long leave nothing. */
@WithJenkins
@WithEngine
class EndedBlocksIT {

    private JenkinsRule jenkins;
    private Remains remains;

    @BeforeEach
    void findTheEngine(JenkinsRule rule, TestEngine testEngine) throws Exception {
        jenkins = rule;
        testEngine.makeShellImage();
        remains = new Remains(testEngine);
        JenkinsKit.useEngine(rule.jenkins, testEngine, TestCompose.find().variables());
    }

    @Test
    void everyAbortedBlockLeavesNothing() throws Exception {
        WorkflowRun run = job("every-block", JenkinsKit.jenkinsfile(EndedBlocksIT.class, "every-block"))
                .scheduleBuild2(0)
                .waitForStart();
        awaitTheMiddle(run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        remains.awaitNothing();
    }

    @Test
    void everyBlockThatTakesTooLongLeavesNothing() throws Exception {
        // The time counts from the last line of the log on, and the pulse ends when all blocks are in their middle.
        String pulse = "while (!currentBuild.description) { echo 'not in the middle yet'; sleep 1 }";
        String blocks = JenkinsKit.jenkinsfile(EndedBlocksIT.class, "every-block");
        WorkflowRun run = job(
                        "late",
                        "timeout(time: 15, unit: 'SECONDS', activity: true) {\nparallel(pulse: { " + pulse
                                + " }, blocks: {\n" + blocks + "})\n}")
                .scheduleBuild2(0)
                .waitForStart();
        awaitTheMiddle(run);

        run.setDescription("in the middle");

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        remains.awaitNothing();
    }

    private void awaitTheMiddle(WorkflowRun run) throws Exception {
        for (String message : Remains.IN_THE_MIDDLE) {
            jenkins.waitForMessage(message, run);
        }
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
