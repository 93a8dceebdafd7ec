package io.jenkins.plugins.containerbuild.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.remoting.Channel;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures what the first build costs on an agent that has just connected, whose JVM gets the plugin's classes over
 * Remoting, beside the builds after it. No test: {@code dev/benchmark agent} runs it.
 */
@WithEngine
class AgentBenchmark {

    private static final int AGENTS = 5;
    private static final int BUILDS = 20;

    /** From this build on, the agent's JVM counts as warm. */
    private static final int WARM = 10;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void firstBuildOnAnAgent(TestEngine engine) throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(AgentBenchmark::configure, engine.uri().toString());
        double[][] times = new double[AGENTS][];
        for (int i = 0; i < AGENTS; i++) {
            String name = "agent" + i;
            agents.createAgent(
                    jenkins,
                    InboundAgentExtension.Options.newBuilder()
                            .name(name)
                            .label("remote")
                            .webSocket()
                            .build());
            times[i] = seconds(jenkins.runRemotely(AgentBenchmark::run, name));
            agents.stop(jenkins, name);
        }

        String table = "| on an agent | median |\n|---|---|\n"
                + row("first build", times, time -> time[0])
                + row("of it, waiting for classes and resources", times, time -> time[BUILDS])
                + row("second build", times, time -> time[1])
                + row("later builds", times, AgentBenchmark::warm);
        Path report = Files.createDirectories(Path.of("target", "benchmarks")).resolve("agent.md");
        Files.writeString(report, table);
        System.out.println(table);
    }

    private interface Part {
        double of(double[] times);
    }

    private static String row(String name, double[][] times, Part part) {
        double[] all = Arrays.stream(times).mapToDouble(part::of).toArray();
        return String.format(Locale.ROOT, "| %s | %.2f s |%n", name, median(all));
    }

    private static double warm(double[] times) {
        return median(Arrays.copyOfRange(times, WARM, BUILDS));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double[] seconds(String lines) {
        double[] seconds = lines.lines()
                .filter(line -> line.startsWith("TIME "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) / 1000)
                .toArray();
        assertThat(seconds).as(lines).hasSize(BUILDS + 1);
        return seconds;
    }

    private static void configure(JenkinsRule rule, String engine) throws Exception {
        rule.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", engine)));
        rule.jenkins.save();
    }

    /** Builds on the only agent; the log, and as its last time how long the agent waited for what Remoting brought. */
    private static String run(JenkinsRule rule, String agent) throws Exception {
        Computer computer = Objects.requireNonNull(rule.jenkins.getComputer(agent), agent);
        Channel channel = (Channel) Objects.requireNonNull(computer.getChannel(), agent);
        long before = channel.call(new LoadingTime());
        WorkflowJob job = rule.createProject(WorkflowJob.class, "on-" + agent);
        String script = JenkinsKit.jenkinsfile(AgentBenchmark.class, "agent").replace("@ROUNDS@", "" + BUILDS);
        job.setDefinition(new CpsFlowDefinition(script, false));
        WorkflowRun run = rule.buildAndAssertSuccess(job);
        long loading = TimeUnit.NANOSECONDS.toMillis(channel.call(new LoadingTime()) - before);
        return JenkinsRule.getLog(run) + "\nTIME loading " + loading + "\n";
    }

    /** Nanoseconds that the agent has waited for classes and resources so far. */
    private static final class LoadingTime extends MasterToSlaveCallable<Long, IOException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long call() throws IOException {
            Channel channel = getOpenChannelOrFail();
            return channel.classLoadingTime.get() + channel.resourceLoadingTime.get();
        }
    }
}
