package io.jenkins.plugins.containerbuild.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.remoting.Channel;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.monitor.DockerMonitor;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * Remoting, beside the builds after it, and beside Docker Pipeline's {@code docker.build} on such an agent. No test: {@code dev/benchmark agent} runs it.
 */
@WithEngine
class AgentBenchmark {

    private static final int AGENTS = 5;
    private static final int BUILDS = 20;

    private static final String OURS = "containerBuild(tags: ['benchmark/ours:1'])";

    /** What a build costs on such an agent by Jenkins' own steps: it has no more of Jenkins there either. */
    private static final String THEIRS = "docker.build('benchmark/theirs:1')";

    /** From this build on, the agent's JVM counts as warm. */
    private static final int WARM = 10;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void firstBuildOnAnAgent(TestEngine engine) throws Throwable {
        packPlugin(jenkins.getHome().toPath());
        jenkins.startJenkins();
        jenkins.runRemotely(AgentBenchmark::configure, engine.uri().toString());
        double[][] connected = new double[AGENTS][];
        double[][] peer = new double[AGENTS][];
        double[][] lookedAt = new double[AGENTS][];
        for (int i = 0; i < AGENTS; i++) {
            connected[i] = builds("agent" + i, false, OURS);
            peer[i] = builds("peer" + i, false, THEIRS);
            lookedAt[i] = builds("later" + i, true, OURS);
        }

        String table = "| on an agent | that has just connected | the same, by Docker Pipeline "
                + "| that the page of all nodes has looked at |\n|---|---|---|---|\n"
                + row("first build", " s", time -> time[0], connected, peer, lookedAt)
                + row("second build", " s", time -> time[1], connected, peer, lookedAt)
                + row("later builds", " s", AgentBenchmark::warm, connected, peer, lookedAt)
                + row(
                        "first build, more than later ones",
                        " s",
                        time -> time[0] - warm(time),
                        connected,
                        peer,
                        lookedAt)
                + row(
                        "all builds, waiting for classes and resources",
                        " s",
                        time -> time[BUILDS],
                        connected,
                        peer,
                        lookedAt)
                + row(
                        "all builds, classes fetched one by one",
                        "",
                        time -> time[BUILDS + 1],
                        connected,
                        peer,
                        lookedAt);
        Path report = Files.createDirectories(Path.of("target", "benchmarks")).resolve("agent.md");
        Files.writeString(report, table);
        System.out.println(table);
    }

    /** @param afterLook whether to build only once Jenkins' monitor has looked at the agent's socket, as it does by itself */
    private double[] builds(String name, boolean afterLook, String step) throws Throwable {
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label("remote")
                        .webSocket()
                        .build());
        if (afterLook) {
            jenkins.runRemotely(AgentBenchmark::awaitLook, name);
        }
        double[] times = seconds(jenkins.runRemotely(AgentBenchmark::run, name, step));
        agents.stop(jenkins, name);
        return times;
    }

    private interface Part {
        double of(double[] times);
    }

    private static String row(String name, String unit, Part part, double[][]... kinds) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" |");
        for (double[][] times : kinds) {
            double[] all = Arrays.stream(times).mapToDouble(part::of).toArray();
            row.append(String.format(Locale.ROOT, " %.2f%s |", median(all), unit));
        }
        return row.append('\n').toString();
    }

    /** The harness installs the plugin's classes as a folder; a Jenkins has them in a file. */
    private static void packPlugin(Path home) throws IOException {
        Path link = home.resolve("plugins/container-build.jpl");
        Manifest manifest;
        try (InputStream in = Files.newInputStream(link)) {
            manifest = new Manifest(in);
        }
        String libraries = manifest.getMainAttributes().getValue("Libraries");
        String folders = Arrays.stream(libraries.split(","))
                .filter(library -> Files.isDirectory(Path.of(library)))
                .collect(Collectors.joining(","));
        assertThat(libraries).startsWith(folders);
        Path jar = home.resolve("container-build.jar");
        pack(jar, manifest, folders.split(","));
        manifest.getMainAttributes().putValue("Libraries", jar + libraries.substring(folders.length()));
        try (OutputStream out = Files.newOutputStream(link)) {
            manifest.write(out);
        }
    }

    /** @param manifest by which Jenkins knows a plugin's classes, which it may store */
    private static void pack(Path jar, Manifest manifest, String[] folders) throws IOException {
        Set<String> packed = new HashSet<>(Set.of(JarFile.MANIFEST_NAME));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String folder : folders) {
                Path top = Path.of(folder);
                try (Stream<Path> files = Files.walk(top)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = top.relativize(file).toString();
                        if (packed.add(name)) {
                            out.putNextEntry(new JarEntry(name));
                            Files.copy(file, out);
                        }
                    }
                }
            }
        }
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
        assertThat(seconds).as(lines).hasSize(BUILDS + 2);
        return seconds;
    }

    private static void configure(JenkinsRule rule, String engine) throws Exception {
        rule.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", engine)));
        rule.jenkins.save();
    }

    private static void awaitLook(JenkinsRule rule, String agent) throws Exception {
        Computer computer = Objects.requireNonNull(rule.jenkins.getComputer(agent), agent);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (computer.getMonitorData().get(DockerMonitor.class.getName()) == null) {
            assertThat(System.nanoTime()).as("nobody has looked at " + agent).isLessThan(end);
            Thread.sleep(200);
        }
    }

    /** Builds on the only agent; the log, and as its last time how long the agent waited for what Remoting brought. */
    private static String run(JenkinsRule rule, String agent, String step) throws Exception {
        Computer computer = Objects.requireNonNull(rule.jenkins.getComputer(agent), agent);
        Channel channel = (Channel) Objects.requireNonNull(computer.getChannel(), agent);
        long[] before = channel.call(new Loading());
        WorkflowJob job = rule.createProject(WorkflowJob.class, "on-" + agent);
        String script = JenkinsKit.jenkinsfile(AgentBenchmark.class, "agent")
                .replace("@ROUNDS@", "" + BUILDS)
                .replace("@BUILD@", step);
        job.setDefinition(new CpsFlowDefinition(script, false));
        WorkflowRun run = rule.buildAndAssertSuccess(job);
        long[] after = channel.call(new Loading());
        long loading = TimeUnit.NANOSECONDS.toMillis(after[0] - before[0]);
        return JenkinsRule.getLog(run) + "\nTIME loading " + loading + "\nTIME classes " + 1000 * (after[1] - before[1])
                + "\n";
    }

    /** Nanoseconds that the agent has waited for classes and resources so far, and how many classes it was given. */
    private static final class Loading extends MasterToSlaveCallable<long[], IOException> {

        private static final long serialVersionUID = 1L;

        @Override
        public long[] call() throws IOException {
            Channel channel = getOpenChannelOrFail();
            return new long[] {
                channel.classLoadingTime.get() + channel.resourceLoadingTime.get(), channel.classLoadingCount.get()
            };
        }
    }
}
