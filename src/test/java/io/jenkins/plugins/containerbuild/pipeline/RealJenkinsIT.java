package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.registries.ConfiguredRegistry;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.RegistryKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
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
 * A Jenkins with real plugin class loaders and an agent in another process, which finds docker-java through its
 * ServiceLoader, reads the controller's answers and asks it for credentials.
 */
@WithEngine
@WithRegistry(RegistryKind.PASSWORD)
class RealJenkinsIT {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void anAgentInAnotherProcessBuildsAndPushesWithCredentials(TestEngine engine, TestRegistry registry)
            throws Throwable {
        startWithAgent(engine, registry);

        jenkins.runRemotely(RealJenkinsIT::start, 0);
        String log = jenkins.runRemotely(RealJenkinsIT::finishedLog);

        String digest = registry.manifestDigest("remote/app", "1").orElseThrow();
        assertThat(log)
                .contains("finished=" + registry.address() + "/remote/app:1@" + digest)
                .contains("remote/app:1 means " + registry.address() + "/remote/app:1")
                .doesNotContain(TestRegistry.PASSWORD);
    }

    @Test
    void anAgentInAnotherProcessBuildsWithBuildKit(TestEngine engine, TestRegistry registry) throws Throwable {
        startWithAgent(engine, registry);

        jenkins.runRemotely(RealJenkinsIT::startWithBuildKit);
        String log = jenkins.runRemotely(RealJenkinsIT::finishedLog);

        String digest = registry.manifestDigest("remote/buildkit", "1").orElseThrow();
        assertThat(log)
                .contains("2/2] RUN --mount=type=cache")
                .contains("finished=" + registry.address() + "/remote/buildkit:1@" + digest)
                .doesNotContain(TestRegistry.PASSWORD);
        // In files, not class by class from the controller.
        assertThat(jenkins.runRemotely(RealJenkinsIT::librariesOnTheAgent).lines())
                .hasSize(4)
                .allMatch(place -> place.matches("file:.*/container-build-\\d+\\.jar"));
    }

    @Test
    void aKilledControllerStartsTheBuildAgainOnItsAgent(TestEngine engine, TestRegistry registry) throws Throwable {
        startWithAgent(engine, registry);
        jenkins.runRemotely(RealJenkinsIT::start, 300);
        jenkins.runRemotely(RealJenkinsIT::awaitTheSlowInstruction);

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();

        assertThat(jenkins.runRemotely(RealJenkinsIT::finishedLog))
                .contains("Jenkins was restarted: starting containerBuild again")
                .contains("finished=" + registry.address() + "/remote/app:1@");
    }

    @Test
    void theLoginsOfABlockOutliveAKilledControllerAndStayHidden(TestEngine engine, TestRegistry registry)
            throws Throwable {
        startWithAgent(engine, registry);
        jenkins.runRemotely(RealJenkinsIT::startWithLogins);
        jenkins.runRemotely(RealJenkinsIT::awaitTheLogins);

        jenkins.stopJenkinsForcibly();
        jenkins.startJenkins();

        assertThat(jenkins.runRemotely(RealJenkinsIT::finishedLog))
                .contains("\"auth\" : \"****\"", "the logins are gone")
                .doesNotContain(TestRegistry.PASSWORD)
                .doesNotContain(Base64.getEncoder()
                        .encodeToString((TestRegistry.USERNAME + ':' + TestRegistry.PASSWORD)
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private void startWithAgent(TestEngine engine, TestRegistry registry) throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(RealJenkinsIT::configure, engine.uri().toString(), registry.address());
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name("remote")
                        .webSocket()
                        .build());
    }

    private static void configure(JenkinsRule rule, String engine, String registry) throws Exception {
        rule.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", engine)));
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "login", null, TestRegistry.USERNAME, TestRegistry.PASSWORD));
        credentials.save();
        ConfiguredRegistry guarded = new ConfiguredRegistry("guarded", registry);
        guarded.setPlainHttp(true);
        guarded.setCredentialsId("login");
        ContainerBuildsConfiguration.get().setRegistries(List.of(guarded));
        rule.jenkins.save();
    }

    private static void start(JenkinsRule rule, Integer seconds) throws Exception {
        schedule(rule, "env.SECONDS = '" + seconds + "'\n" + JenkinsKit.jenkinsfile(RealJenkinsIT.class, "remote"));
    }

    private static void startWithBuildKit(JenkinsRule rule) throws Exception {
        schedule(rule, JenkinsKit.jenkinsfile(RealJenkinsIT.class, "buildkit"));
    }

    private static void startWithLogins(JenkinsRule rule) throws Exception {
        schedule(rule, JenkinsKit.jenkinsfile(RealJenkinsIT.class, "logins"));
    }

    private static void awaitTheLogins(JenkinsRule rule) throws Exception {
        rule.waitForMessage("now there are logins", lastRun(rule));
    }

    private static void schedule(JenkinsRule rule, String script) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, "remote");
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void awaitTheSlowInstruction(JenkinsRule rule) throws Exception {
        WorkflowRun run = lastRun(rule);
        rule.waitForMessage("now-42", run);
        // What is started again soon ends, but not what this controller is in the middle of.
        rule.jenkins
                .getNode("remote")
                .getWorkspaceFor(run.getParent())
                .child("Dockerfile")
                .write("FROM base:1\nRUN true\n", "UTF-8");
    }

    private static String finishedLog(JenkinsRule rule) throws Exception {
        WorkflowRun run = lastRun(rule);
        rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }

    private static String librariesOnTheAgent(JenkinsRule rule) throws Exception {
        return Objects.requireNonNull(rule.jenkins.getComputer("remote").getChannel())
                .call(new Libraries());
    }

    /** Where the agent's JVM loads classes from that nobody has used before, by the class loaders of their libraries. */
    private static final class Libraries extends MasterToSlaveCallable<String, ReflectiveOperationException> {

        private static final long serialVersionUID = 1L;

        @Override
        public String call() throws ReflectiveOperationException {
            ClassLoader plugin = Class.forName(
                            ContainerBuildsConfiguration.class.getName(),
                            false,
                            getClass().getClassLoader())
                    .getClassLoader();
            return place(plugin, "io.grpc.internal.ManagedChannelImpl", "io.grpc.internal.ForwardingReadableBuffer")
                    + place(
                            plugin,
                            "com.github.dockerjava.core.DockerClientImpl",
                            "com.github.dockerjava.core.GoLangFileMatch$RangeParseState")
                    + place(
                            plugin,
                            "com.fasterxml.jackson.databind.ObjectMapper",
                            "com.fasterxml.jackson.databind.util.ISO8601Utils")
                    + place(
                            plugin,
                            "org.apache.hc.client5.http.classic.HttpClient",
                            "org.apache.hc.client5.http.utils.Base64");
        }

        private static String place(ClassLoader plugin, String used, String unused)
                throws ReflectiveOperationException {
            ClassLoader owner = Class.forName(used, false, plugin).getClassLoader();
            CodeSource source =
                    Class.forName(unused, false, owner).getProtectionDomain().getCodeSource();
            return source == null || source.getLocation() == null ? "nowhere\n" : source.getLocation() + "\n";
        }
    }

    private static WorkflowRun lastRun(JenkinsRule rule) {
        return rule.jenkins.getItemByFullName("remote", WorkflowJob.class).getLastBuild();
    }
}
