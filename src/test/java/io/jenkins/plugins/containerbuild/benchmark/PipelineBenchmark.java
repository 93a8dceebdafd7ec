package io.jenkins.plugins.containerbuild.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures a cached build and a push of an image that the registry has already, as Pipeline steps, by turns with Docker
 * Pipeline's {@code docker.build} and {@code push} in the same Jenkins, daemon and registry. No test: {@code
 * dev/benchmark pipeline} runs it. Docker Pipeline needs a docker command in the PATH, which this plugin does not.
 */
@WithJenkins
@WithEngine
class PipelineBenchmark {

    private static final int WARM_UP = 5;
    private static final int ROUNDS = 15;

    @Test
    void stepsBesideDockerPipeline(JenkinsRule jenkins, TestEngine engine, @WithRegistry TestRegistry registry)
            throws Exception {
        JenkinsKit.useEngine(jenkins.jenkins, engine, Map.of("REGISTRY", registry.address()));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "benchmark");
        String script = JenkinsKit.jenkinsfile(PipelineBenchmark.class, "benchmark")
                .replace("@ROUNDS@", Integer.toString(WARM_UP + ROUNDS));
        job.setDefinition(new CpsFlowDefinition(script, false));

        WorkflowRun run = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        String log = JenkinsRule.getLog(run);
        StringBuilder table =
                new StringBuilder("| | containerBuild, containerPush | Docker Pipeline | ratio |\n|---|---|---|---|\n");
        for (String what : new String[] {"build", "push"}) {
            double ours = medianSeconds(log, what + " ours");
            double theirs = medianSeconds(log, what + " theirs");
            table.append(
                    String.format(Locale.ROOT, "| %s | %.2f s | %.2f s | %.2f |%n", what, ours, theirs, ours / theirs));
        }
        Path report = Files.createDirectories(Path.of("target", "benchmarks")).resolve("pipeline.md");
        Files.writeString(report, table);
        System.out.println(table);
    }

    private static double medianSeconds(String log, String label) {
        double[] seconds = log.lines()
                .filter(line -> line.startsWith("TIME " + label + " "))
                .skip(WARM_UP)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) / 1000)
                .sorted()
                .toArray();
        assertThat(seconds).as(Arrays.toString(seconds)).hasSize(ROUNDS);
        return seconds[ROUNDS / 2];
    }
}
