package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.containerbuild.JenkinsKit;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.DockerCommand;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Containers and networks for an agent that is a container itself, of the daemon whose socket is mounted into it. */
@WithJenkins
@WithEngine
class AgentContainerPathsIT {

    private static final String HOME = "/home/jenkins";
    private static final int JENKINS = 1000;

    private JenkinsRule jenkins;
    private TestEngine engine;
    private AgentContainer container;

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp(JenkinsRule rule, TestEngine testEngine) {
        jenkins = rule;
        engine = testEngine;
        engine.makeShellImage();
    }

    @AfterEach
    void endTheAgent() throws Exception {
        if (container == null) {
            return;
        }
        jenkins.jenkins.removeNode(jenkins.jenkins.getNode("docker"));
        container.close();
        container = null;
    }

    private void startTheAgent(List<String> binds, List<String> environment) throws Exception {
        Path jar = Files.copy(Path.of(new Slave.JnlpJar("agent.jar").getURL().toURI()), folder.resolve("agent.jar"));
        List<Bind> all = new ArrayList<>(List.of(Bind.parse(engine.ownSocket() + ":/var/run/docker.sock")));
        binds.forEach(bind -> all.add(Bind.parse(bind)));
        String group =
                Files.getAttribute(Path.of(engine.uri().getPath()), "unix:gid").toString();
        container = AgentContainer.start(
                engine, HostConfig.newHostConfig().withBinds(all).withGroupAdd(List.of(group)), jar);
        List<String> command = new ArrayList<>(List.of("exec", "--interactive"));
        environment.forEach(variable -> command.addAll(List.of("--env", variable)));
        command.addAll(List.of("--user", AgentContainer.JENKINS, container.id()));
        command.addAll(List.of(AgentContainer.JAVA, "-jar", "/agent.jar"));
        String line = DockerCommand.fitting(engine).line(engine, command);
        DumbSlave node = new DumbSlave("docker", HOME + "/agent", new SimpleCommandLauncher(line));
        jenkins.jenkins.addNode(node);
        jenkins.waitOnline(node);
    }

    private String log(String name, String script, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsKit.plainLog(jenkins.assertBuildStatus(expected, job.scheduleBuild2(0)));
    }

    private void assertAllIsShared() throws Exception {
        assertThat(log("paths", JenkinsKit.jenkinsfile(AgentContainerPathsIT.class, "agent-container"), Result.SUCCESS))
                .contains(
                        "run: from the workspace",
                        "written: from the container",
                        "inside: 1000 from the workspace",
                        "shared: paths paths@tmp\n",
                        "made by jenkins",
                        "the database says pong");
        assertThat(engine.runningContainers()).containsExactly(container.id());
    }

    @Test
    void aPathBelowABindMountIsTheHostsOwn() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", JENKINS);
        startTheAgent(List.of(home + ":" + HOME), List.of());

        assertAllIsShared();
    }

    @Test
    void aPathInAVolumeIsFoundThere() throws Exception {
        String volume = "agent-" + UUID.randomUUID();
        startTheAgent(List.of(volume + ":" + HOME), List.of());

        assertAllIsShared();

        endTheAgent();
        engine.client().removeVolumeCmd(volume).exec();
    }

    @Test
    void aPathThatNoMountCoversIsAnErrorUnlessItIsGiven() throws Exception {
        String script = "node('docker') { writeFile file: 'data/in.txt', text: 'in the container'\n"
                + "echo \"run: ${containerRun(image: 'base:1', command: ['cat', '/d/in.txt'], volumes: ['./data:/d'])}\" }";
        startTheAgent(List.of(), List.of());
        assertThat(log("unseen", script, Result.FAILURE))
                .contains(
                        "ERROR: could not mount the host path " + HOME
                                + "/agent/workspace/unseen/data at /d: the agent is in a container itself ("
                                + container.id() + "), and the daemon's host does not see " + HOME
                                + "/agent/workspace/unseen/data: no mount of that container covers it",
                        "/var/run/docker.sock",
                        "CONTAINER_BUILD_HOST_PATHS");
        endTheAgent();

        Path there = Files.createDirectories(folder.resolve("there/workspace/given/data"));
        Files.writeString(there.resolve("in.txt"), "on the host");
        Files.delete(folder.resolve("agent.jar"));
        startTheAgent(List.of(), List.of("CONTAINER_BUILD_HOST_PATHS=" + HOME + "/agent=" + folder.resolve("there")));
        assertThat(log("given", script, Result.SUCCESS)).contains("run: on the host");
    }
}
