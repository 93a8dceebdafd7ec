package io.jenkins.plugins.containerbuild.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.registries.ConfiguredServer;
import io.jenkins.plugins.containerbuild.registries.ConfiguredSocketRepair;
import io.jenkins.plugins.containerbuild.registries.ContainerBuildsConfiguration;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * An inbound agent that runs as the user jenkins (1000) of a container, with the socket of the daemon that runs this
 * container mounted. Needs Jenkins and an engine.
 */
@WithJenkins
class AgentInContainerIT {

    /** Docker gives its socket to this group whenever it starts; it belongs to nobody in the container. */
    private static final int GROUP = 4711;

    private static final String BUILD = "writeFile file: 'Dockerfile', text: 'FROM base:1'\n"
            + "def image = containerBuild(tags: ['socket:1'])\necho \"built ${image.id}\"\n";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static TestEngine engine;
    private static String helper;

    private JenkinsRule jenkins;
    private DumbSlave node;
    private AgentContainer container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTheEngineWithAnotherAddressForTheHelper() throws Exception {
        helper = "tcp://127.0.0.1:" + FreePort.find();
        engine = TestEngine.startWithOptions(
                EngineKind.INSTALLED, List.of("--host", helper, "--group", Integer.toString(GROUP)));
        AgentContainer.provideImage(engine);
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void knowTheHelper(JenkinsRule rule) {
        jenkins = rule;
        ContainerBuildsConfiguration.get().setServers(List.of(new ConfiguredServer("helper", helper)));
    }

    /** The next test finds the socket as the daemon makes it. */
    @AfterEach
    void endTheAgent() throws Exception {
        if (container != null) {
            container.close();
        }
        Path socket = engine.folder().resolve("engine.sock");
        new ProcessBuilder("setfacl", "--remove-all", "--", socket.toString())
                .inheritIO()
                .start()
                .waitFor();
        Files.setAttribute(socket, "unix:uid", 0);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    private void startTheAgent(String user, String... groups) throws Exception {
        node = new DumbSlave("docker", "/home/jenkins/agent", new JNLPLauncher());
        jenkins.jenkins.addNode(node);
        Path jar = Files.copy(Path.of(new Slave.JnlpJar("agent.jar").getURL().toURI()), folder.resolve("agent.jar"));
        HostConfig host = HostConfig.newHostConfig()
                .withBinds(Bind.parse(engine.ownSocket() + ":/var/run/docker.sock"))
                .withGroupAdd(List.of(groups))
                .withRestartPolicy(RestartPolicy.alwaysRestart())
                // Jenkins and the helper's address are on the host's loopback interface.
                .withNetworkMode("host");
        container = AgentContainer.start(
                engine,
                user,
                host,
                List.of(
                        "java",
                        "-jar",
                        "/agent.jar",
                        "-url",
                        jenkins.getURL().toString(),
                        "-secret",
                        computer().getJnlpMac(),
                        "-name",
                        "docker",
                        "-webSocket",
                        "-workDir",
                        "/home/jenkins/agent"),
                jar);
        jenkins.waitOnline(node);
    }

    private SlaveComputer computer() {
        return (SlaveComputer) Objects.requireNonNull(node.toComputer());
    }

    private static ConfiguredSocketRepair byHelper() {
        ConfiguredSocketRepair policy = new ConfiguredSocketRepair();
        policy.setHelperServer("helper");
        policy.setByJobs(true);
        return policy;
    }

    private static void allow(ConfiguredSocketRepair policy) {
        ContainerBuildsConfiguration.get().setSocketRepair(policy);
    }

    private String log(String body, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node('docker') {\n" + body + "\n}", true));
        return JenkinsKit.plainLog(jenkins.assertBuildStatus(expected, job.scheduleBuild2(0)));
    }

    @Test
    void thePolicyRepairsByTheHelperAlsoAfterDockerWasRestarted() throws Exception {
        startTheAgent(AgentContainer.JENKINS);
        String look = log(
                "def s = containerSocket()\n"
                        + "echo \"${s} ${s.process.uid} ${s.path.gid} ${s.container.runtime} ${s.container.id}\"\n"
                        + "echo \"fix: ${s.fixLines.join(' | ')}\"",
                Result.SUCCESS);
        assertThat(look)
                .contains("\ndenied-by-group 1000 " + GROUP + " docker " + container.id() + "\n")
                .contains("fix: docker run --group-add " + GROUP + " ... |");
        assertThat(log(BUILD, Result.FAILURE)).contains("permission denied", "docker run --group-add");

        ConfiguredSocketRepair policy = byHelper();
        policy.setAcl(true);
        policy.setOnConnect(true);
        policy.setBeforeFirstStep(true);
        allow(policy);
        LogRecorder audit =
                new LogRecorder().record(SocketAudit.class, Level.INFO).capture(10);
        assertThat(log(BUILD, Result.SUCCESS))
                .contains("tried      acl by root in the container, by tcp://", "built sha256:");
        assertThat(audit.getMessages()).hasSize(1);

        // Docker ends the container, starts it again, and makes a new socket; the agent connects by itself.
        engine.restart();
        BackgroundCall.await(PATIENCE, () -> audit.getMessages().size() == 2);
        assertThat(audit.getMessages().get(1))
                .contains("repaired by acl for the policy, since the node has connected")
                .contains("before: socket", "(0:" + GROUP + "), mode 660; after: ");
        assertThat(log(BUILD, Result.SUCCESS)).contains("built sha256:").doesNotContain("repair     ");
    }

    @Test
    void eachMeansIsRepairedByAndUndone() throws Exception {
        startTheAgent(AgentContainer.JENKINS);
        ConfiguredSocketRepair acl = byHelper();
        acl.setAcl(true);
        ConfiguredSocketRepair owner = byHelper();
        owner.setOwner(true);
        ConfiguredSocketRepair world = byHelper();
        world.setWorld(true);

        for (ConfiguredSocketRepair policy : List.of(acl, owner, world)) {
            allow(policy);
            String means = policy.toPolicy().means().get(0).toString();
            assertThat(log("echo \"by ${containerSocket(repair: true).means}\"\n" + BUILD, Result.SUCCESS))
                    .contains("\nby " + means + "\n", "built sha256:");
            assertThat(log("containerSocket(undo: true)\necho \"now ${containerSocket()}\"", Result.SUCCESS))
                    .contains("now denied-by-group");
        }
    }

    @Test
    void theGroupOutlivesTheSocketOnceTheContainerHasStartedAnew() throws Exception {
        startTheAgent(AgentContainer.JENKINS);
        ConfiguredSocketRepair policy = byHelper();
        policy.setGroup(true);
        policy.setCreateGroups(true);
        allow(policy);

        assertThat(log("containerSocket(repair: true)", Result.FAILURE))
                .contains("repair     reconnect-needed", "Start the agent anew");
        assertThat(log("containerSocket()", Result.SUCCESS))
                .contains("verdict    denied-until-reconnect", "docker restart " + container.id());
        restarted(() -> container.restart());
        assertThat(log(BUILD, Result.SUCCESS)).contains("built sha256:");
        restarted(() -> engine.restart());
        assertThat(log(BUILD, Result.SUCCESS)).contains("built sha256:");
    }

    private void restarted(Runnable restart) throws Exception {
        Object before = computer().getChannel();
        restart.run();
        BackgroundCall.await(PATIENCE, () -> {
            Object now = computer().getChannel();
            return now != null && now != before;
        });
        jenkins.waitOnline(node);
    }

    @Test
    void withTheGroupFromTheBeginningThereIsNothingToRepair() throws Exception {
        startTheAgent(AgentContainer.JENKINS, Integer.toString(GROUP));

        assertThat(log("def s = containerSocket()\necho \"${s} ${s.process.groups}\"\n" + BUILD, Result.SUCCESS))
                .containsPattern("\nusable \\[.*" + GROUP + ".*]\n")
                .contains("built sha256:");
    }

    @Test
    void anAgentThatIsRootNeedsNoHelp() throws Exception {
        startTheAgent("root");

        assertThat(log("echo \"now ${containerSocket()}\"\n" + BUILD, Result.SUCCESS))
                .contains("now usable", "built sha256:");
    }
}
