package io.jenkins.plugins.containerbuild.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.ComputerSet;
import hudson.remoting.FileSystemJarCache;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import jenkins.model.Jenkins;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** What an agent in another process has once it has connected, without a build. */
@WithEngine
class AgentPreparationIT {

    private static final String AGENT = "prepared";

    /** Of a library that only a build needs, not a look at a socket. */
    private static final String OF_A_BUILD = "io.grpc.internal.ManagedChannelImpl";

    private static final String UNUSED = "io.grpc.internal.ForwardingReadableBuffer";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void anAgentHasLoadedTheLibrariesBeforeAnybodyBuilds(TestEngine engine) throws Throwable {
        connect(engine.uri().toString(), false);

        assertThat(jenkins.runRemotely(AgentPreparationIT::awaitLoaded)).isTrue();
        assertThat(jenkins.runRemotely(AgentPreparationIT::source)).contains("/container-build-");
        assertThat(jenkins.runRemotely(AgentPreparationIT::broughtToo)).isEmpty();
        assertThat(jenkins.runRemotely(AgentPreparationIT::warnings)).isEmpty();
    }

    @Test
    void anAgentWithoutDockerConnectsInSilence() throws Throwable {
        connect("unix:///nowhere/docker.sock", false);

        jenkins.runRemotely(AgentPreparationIT::awaitLook);
        assertThat(jenkins.runRemotely(AgentPreparationIT::loadedYet)).isFalse();
        assertThat(jenkins.runRemotely(AgentPreparationIT::warnings)).isEmpty();
    }

    @Test
    void anAgentIsLeftAloneWhereTheColumnIsSwitchedOff(TestEngine engine) throws Throwable {
        connect(engine.uri().toString(), true);

        assertThat(jenkins.runRemotely(AgentPreparationIT::awaitLoaded)).isFalse();
    }

    private void connect(String engine, boolean off) throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(AgentPreparationIT::configure, engine, off);
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(AGENT)
                        .webSocket()
                        .build());
    }

    private static void configure(JenkinsRule rule, String engine, Boolean off) throws Exception {
        rule.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", engine)));
        ComputerSet.getMonitors()
                .get(rule.jenkins.getDescriptorByType(DockerMonitor.DescriptorImpl.class))
                .setIgnored(off);
    }

    private static Computer agent(JenkinsRule rule) {
        return Objects.requireNonNull(rule.jenkins.getComputer(AGENT));
    }

    private static Boolean loadedYet(JenkinsRule rule) throws Exception {
        return Objects.requireNonNull(agent(rule).getChannel()).call(new Loaded());
    }

    private static Boolean awaitLoaded(JenkinsRule rule) throws Exception {
        // Where nothing comes, this is how long nothing has come.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!loadedYet(rule)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(200);
        }
        return true;
    }

    private static void awaitLook(JenkinsRule rule) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (agent(rule).getMonitorData().get(DockerMonitor.class.getName()) == null) {
            assertThat(System.nanoTime()).as("nobody has looked").isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static String source(JenkinsRule rule) throws Exception {
        return Objects.requireNonNull(agent(rule).getChannel()).call(new Source());
    }

    /** Of the large files that Remoting brings along with a class or resource that is asked for by its name. */
    private static String broughtToo(JenkinsRule rule) throws Exception {
        return Objects.requireNonNull(agent(rule).getChannel()).call(new BroughtToo());
    }

    private static String warnings(JenkinsRule rule) throws Exception {
        String ofJenkins = Jenkins.logRecords.stream()
                .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                .filter(record ->
                        String.valueOf(record.getLoggerName()).startsWith("io.jenkins.plugins.containerbuild"))
                .map(LogRecord::getMessage)
                .collect(Collectors.joining("\n"));
        String ofAgent = ((SlaveComputer) agent(rule))
                .getLog()
                .lines()
                .filter(line -> line.contains("WARNING") || line.contains("SEVERE") || line.contains("Exception"))
                .collect(Collectors.joining("\n"));
        return ofJenkins + ofAgent;
    }

    /** Whether the agent's JVM has a class, by what the JVM says, so that asking does not load it. */
    private static final class Loaded extends MasterToSlaveCallable<Boolean, Exception> {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean call() throws Exception {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmClassHierarchy",
                            new Object[] {new String[] {OF_A_BUILD}},
                            new String[] {String[].class.getName()});
            return answer.toString().contains(OF_A_BUILD + "/");
        }
    }

    /** Where the agent's JVM gets further classes of that library from. */
    private static final class Source extends MasterToSlaveCallable<String, ReflectiveOperationException> {

        private static final long serialVersionUID = 1L;

        @Override
        public String call() throws ReflectiveOperationException {
            ClassLoader plugin = Class.forName(
                            ContainerBuildsConfiguration.class.getName(),
                            false,
                            getClass().getClassLoader())
                    .getClassLoader();
            return String.valueOf(
                    Class.forName(UNUSED, false, plugin).getProtectionDomain().getCodeSource());
        }
    }

    /** What has come of libraries that nothing needs: Jenkins' own server, and a compression that the HTTP client looks for. */
    private static final class BroughtToo extends MasterToSlaveCallable<String, IOException> {

        private static final long serialVersionUID = 1L;

        @Override
        public String call() throws IOException {
            FileSystemJarCache cache = (FileSystemJarCache)
                    Objects.requireNonNull(getOpenChannelOrFail().getJarCache());
            StringBuilder brought = new StringBuilder();
            try (Stream<Path> files = Files.walk(cache.rootDir.toPath())) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".jar")).toList()) {
                    try (JarFile jar = new JarFile(file.toFile())) {
                        jar.stream()
                                .map(JarEntry::getName)
                                .filter(name -> name.equals("winstone/Launcher.class")
                                        || name.equals("com/github/luben/zstd/Zstd.class")
                                        || name.equals("org/apache/commons/lang3/StringUtils.class"))
                                .forEach(name -> brought.append(name).append('\n'));
                    }
                }
            }
            return brought.toString();
        }
    }
}
