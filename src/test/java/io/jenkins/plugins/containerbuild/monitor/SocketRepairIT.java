package io.jenkins.plugins.containerbuild.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.slaves.OfflineCause;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSocketRepair;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.AgentMachine;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent whose user (1000) may not use the socket of an engine of the test's own. Needs Jenkins and an engine. */
@WithJenkins
class SocketRepairIT {

    /** Belongs to no group on the agent's machine. */
    private static final int GROUP = 4711;

    private static final String HOME = "/run/agent/home";

    private static final String BUILD = "writeFile file: 'Dockerfile', text: 'FROM base:1'\n"
            + "def image = containerBuild(tags: ['socket:1'])\necho \"built ${image.id}\"";

    private JenkinsRule jenkins;
    private TestEngine engine;
    private AgentMachine user;
    private Slave agent;

    @BeforeEach
    void startAnAgentThatIsNotLetIn(JenkinsRule rule) throws Exception {
        jenkins = rule;
        engine = TestEngine.start(EngineKind.INSTALLED);
        letInTheGroupAlone();
        Path sockets = Objects.requireNonNull(socket().getParent());
        // Temporary folders are their owner's alone; /run, which this one stands for, is everybody's to enter.
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxr-xr-x"));
        user = AgentMachine.furnish();
        user.sudoers("jenkins ALL=(root) NOPASSWD: ALL");
        Files.copy(
                Path.of(new Slave.JnlpJar("agent.jar").getURL().toURI()),
                user.folder().resolve("agent.jar"));
        agent = new DumbSlave(
                "docker",
                HOME,
                new SimpleCommandLauncher(
                        String.join(" ", user.command(sockets, List.of("java", "-jar", "/run/agent/agent.jar")))));
        // Else Jenkins might start it anew once a minute, also when a test has just ended it.
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        agent.getNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", AgentMachine.ENGINE)));
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
    }

    @AfterEach
    void endAll() throws Exception {
        computer()
                .disconnect(OfflineCause.create(Messages._DockerMonitor_displayName()))
                .get();
        awaitTheEndOfItsProcess();
        engine.close();
        user.close();
    }

    /** It may still write into its machine's folder. */
    private static void awaitTheEndOfItsProcess() throws Exception {
        for (ProcessHandle process : ProcessHandle.current().children().toList()) {
            if (process.info().commandLine().orElse("").contains("/run/agent/agent.jar")) {
                process.destroyForcibly();
                process.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private Path socket() {
        return Path.of(engine.uri().getPath());
    }

    /** As Docker does whenever it starts. */
    private void letInTheGroupAlone() throws Exception {
        Files.setAttribute(socket(), "unix:gid", GROUP);
        Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw----"));
    }

    private SlaveComputer computer() {
        return (SlaveComputer) Objects.requireNonNull(agent.toComputer());
    }

    private static ConfiguredSocketRepair narrow() {
        ConfiguredSocketRepair policy = new ConfiguredSocketRepair();
        policy.setAcl(true);
        policy.setSudo(true);
        return policy;
    }

    private static void allow(ConfiguredSocketRepair policy) {
        ContainerBuildsConfiguration.get().setSocketRepair(policy);
    }

    private WorkflowJob job(String body) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('docker') {\n" + body + "\n}", true));
        return job;
    }

    private String log(String body, Result expected) throws Exception {
        return JenkinsKit.plainLog(jenkins.assertBuildStatus(expected, job(body).scheduleBuild2(0)));
    }

    @Test
    void aLookSaysWhatIsWrongAndWhatToDoAndFailsNothing() throws Exception {
        String log = log(
                "def s = containerSocket()\n"
                        + "echo \"${s} ${s.usable} ${s.path.gid} ${s.path.mode} ${s.process.uid} ${s.process.groups}\"\n"
                        + "echo \"fix: ${s.fixLines.join(' | ')}\"",
                Result.SUCCESS);

        assertThat(log)
                .contains("denied-by-group false " + GROUP + " 660 1000 [1000]", "verdict    denied-by-group\n")
                .containsPattern("fix: .*" + GROUP);
    }

    @Test
    void nothingIsRepairedWithoutAPolicy() throws Exception {
        String log = log("containerSocket(repair: true)", Result.FAILURE);

        assertThat(log)
                .contains("ERROR: could not repair the Docker socket " + AgentMachine.ENGINE)
                .contains("An administrator can allow it under Manage Jenkins, Container builds, Docker socket");
        assertThat(log("containerSocket(repair: true, undo: true)", Result.FAILURE))
                .contains("'repair' and 'undo' are both true");
        allow(narrow());
        assertThat(log("containerSocket(repair: true)", Result.FAILURE)).contains("the policy allows no repair");
        assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
        assertThat(log(BUILD, Result.FAILURE)).contains("permission");
    }

    @Test
    void aJobRepairsWhereItMayAndTakesItBack() throws Exception {
        ConfiguredSocketRepair policy = narrow();
        policy.setByJobs(true);
        allow(policy);
        LogRecorder audit =
                new LogRecorder().record(SocketAudit.class, Level.INFO).capture(10);

        String log = log(
                "def s = containerSocket(repair: true)\necho \"${s.outcome} ${s.means} ${s.usable}\"\n" + BUILD,
                Result.SUCCESS);

        assertThat(log).contains("repaired acl true", "built sha256:", "before     ", "after      ", "user:1000:rw-");
        assertThat(audit.getMessages())
                .singleElement()
                .asString()
                .contains("node 'docker' repaired by acl for ", "before: ", "after: ", "user:1000:rw-");
        assertThat(log("echo \"${containerSocket(repair: true).outcome}\"", Result.SUCCESS))
                .contains("\nalready-usable\n");
        assertThat(log("containerSocket(undo: true)\necho \"now ${containerSocket()}\"", Result.SUCCESS))
                .contains("now denied-by-group");
        assertThat(audit.getMessages()).hasSize(2).last().asString().contains("undone for ");
    }

    @Test
    void theBuildChoosesNoSocketThatIsRepaired() throws Exception {
        ConfiguredSocketRepair policy = narrow();
        policy.setByJobs(true);
        allow(policy);

        String log = log(
                "withEnv(['DOCKER_HOST=unix:///run/agent/home/mine.sock']) { echo \"${containerSocket(repair: true).uri}\" }",
                Result.SUCCESS);

        assertThat(log).contains("\n" + AgentMachine.ENGINE + "\n");
    }

    @Test
    void thePolicyRepairsBeforeTheFirstStepAlsoAfterDockerWasRestarted() throws Exception {
        ConfiguredSocketRepair policy = narrow();
        policy.setBeforeFirstStep(true);
        allow(policy);

        assertThat(log(BUILD + "\n" + BUILD.replace("def ", ""), Result.SUCCESS))
                .containsOnlyOnce("repair     repaired: ")
                .contains("built sha256:");
        engine.restart();
        letInTheGroupAlone();
        // The other branch waits for the repair.
        assertThat(log("parallel(a: { containerVolumes() }, b: { containerVolumes() })\n" + BUILD, Result.SUCCESS))
                .containsOnlyOnce("repair     repaired: ")
                .contains("built sha256:");
        assertThat(log(BUILD, Result.SUCCESS)).doesNotContain("repair     ");
    }

    @Test
    void thePolicyRepairsWhenTheAgentConnects() throws Exception {
        ConfiguredSocketRepair policy = narrow();
        policy.setOnConnect(true);
        allow(policy);
        LogRecorder audit =
                new LogRecorder().record(SocketAudit.class, Level.INFO).capture(10);

        computer()
                .disconnect(OfflineCause.create(Messages._DockerMonitor_displayName()))
                .get();
        computer().connect(true).get();

        BackgroundCall.await(Duration.ofSeconds(30), () -> !audit.getMessages().isEmpty());
        assertThat(audit.getMessages()).singleElement().asString().contains("since the node has connected");
        assertThat(log(BUILD, Result.SUCCESS)).contains("built sha256:");
    }

    @Test
    void anAgentWhoseUserJoinsTheGroupStartsAnewOnceItIsIdle() throws Exception {
        ConfiguredSocketRepair policy = new ConfiguredSocketRepair();
        policy.setGroup(true);
        policy.setCreateGroups(true);
        policy.setSudo(true);
        policy.setByJobs(true);
        policy.setReconnectAgents(true);
        allow(policy);

        // Until the build lets go of it, the agent is not idle.
        WorkflowRun run = job("try { containerSocket(repair: true) } finally { echo 'it was repaired'\n"
                        + "waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists 'go' } }")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("it was repaired", run);
        assertThat(computer().isTemporarilyOffline()).isTrue();
        agent.getWorkspaceFor(run.getParent()).child("go").touch(0);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(JenkinsKit.plainLog(run)).contains("repair     reconnect-needed", "Start the agent anew");

        // The next build waits until the agent is back.
        assertThat(log("echo \"now ${containerSocket()}\"\n" + BUILD, Result.SUCCESS))
                .contains("now usable", "built sha256:");
    }

    @Test
    void everybodyIsLetInOnlyWhereThatIsAllowedByItself() throws Exception {
        ConfiguredSocketRepair policy = new ConfiguredSocketRepair();
        policy.setWorld(true);
        policy.setSudo(true);
        policy.setByJobs(true);
        allow(policy);
        LogRecorder audit =
                new LogRecorder().record(SocketAudit.class, Level.INFO).capture(10);

        log("containerSocket(repair: true)\n" + BUILD, Result.SUCCESS);

        assertThat(audit.getRecords())
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARNING));
        log("containerSocket(undo: true)", Result.SUCCESS);
        assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
    }

    @Test
    void withoutRightsNothingIsDoneAndTheAdviceStays() throws Exception {
        ConfiguredSocketRepair policy = narrow();
        policy.setSudo(false);
        policy.setByJobs(true);
        allow(policy);

        assertThat(log("containerSocket(repair: true)", Result.FAILURE))
                .contains("nothing here has the rights for it")
                .contains(String.valueOf(GROUP));
    }

    @Test
    void theNodesPageShowsVerdictAndFix() throws Exception {
        String page =
                jenkins.createWebClient().goTo("computer/docker/docker-socket/").asNormalizedText();

        assertThat(page).contains("denied-by-group", "What to do", String.valueOf(GROUP), "1000");
        assertThat(page).doesNotContain("Repair now");
        allow(narrow());
        var form =
                jenkins.createWebClient().goTo("computer/docker/docker-socket/").getFormByName("repair");
        assertThat(jenkins.submit(form).asNormalizedText()).contains("usable");
        assertThat(log(BUILD, Result.SUCCESS)).contains("built sha256:");
    }

    @Test
    void theColumnOfAllNodesShowsWhoCanUseDocker() throws Exception {
        DockerMonitor monitor = new DockerMonitor();
        // The first may be one that had begun before the agent was there.
        monitor.triggerUpdate().join();
        monitor.triggerUpdate().join();

        assertThat(jenkins.createWebClient().goTo("computer/").asNormalizedText())
                .contains("Docker", "denied by group");
        allow(narrow());
        SocketUpkeep.of(computer()).repair("the test", TaskListener.NULL);
        monitor.triggerUpdate().join();
        monitor.triggerUpdate().join();
        assertThat(jenkins.createWebClient().goTo("computer/").asNormalizedText())
                .contains("Docker Engine " + engine.version());
    }

    @Test
    void onlyWhoMayConfigureANodeSeesItsPageAndOnlyAdministratorsRepair() throws Exception {
        allow(narrow());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "operator")
                .grant(Computer.CONFIGURE)
                .everywhere()
                .to("operator"));
        JenkinsRule.WebClient reader =
                jenkins.createWebClient().login("reader").withThrowExceptionOnFailingStatusCode(false);
        JenkinsRule.WebClient operator =
                jenkins.createWebClient().login("operator").withThrowExceptionOnFailingStatusCode(false);

        assertThat(status(reader, HttpMethod.GET, "")).isEqualTo(403);
        assertThat(status(operator, HttpMethod.GET, "")).isEqualTo(200);
        assertThat(status(reader, HttpMethod.POST, "repair")).isEqualTo(403);
        assertThat(status(operator, HttpMethod.POST, "repair")).isEqualTo(403);
        assertThat(status(operator, HttpMethod.GET, "repair")).isEqualTo(405);
        assertThat(log("echo \"now ${containerSocket()}\"", Result.SUCCESS)).contains("now denied-by-group");
    }

    private int status(JenkinsRule.WebClient client, HttpMethod method, String page) throws Exception {
        String path = "computer/docker/docker-socket/" + page;
        URL target = method == HttpMethod.POST ? client.createCrumbedUrl(path) : new URL(jenkins.getURL(), path);
        return client.getPage(new WebRequest(target, method)).getWebResponse().getStatusCode();
    }
}
