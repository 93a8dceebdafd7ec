package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.command.BuildImageResultCallback;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.AgentMachine;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestCompose;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of docs/docker-sock.md for agents in containers, word by word, on a machine whose socket is where everybody
 * looks. In the place of the agent's image is one whose user, who is not root, looks at the socket and builds an image.
 */
class SocketRecipesIT {

    private static final String GROUP = "2375";

    private static TestEngine engine;

    private AgentMachine machine;

    /** One for all recipes: to make its images takes longer than they do. */
    @BeforeAll
    static void startTheEngine(@TempDir Path context) throws Exception {
        engine = TestEngine.startWithOptions(
                EngineKind.INSTALLED, List.of("--host", "unix:///var/run/docker.sock", "--group", GROUP));
        AgentContainer.provideImage(engine);
        Files.copy(Path.of(System.getProperty("containerbuild.cli.jar")), context.resolve("cb.jar"));
        Files.writeString(context.resolve("Dockerfile"), """
                FROM agent:1
                COPY cb.jar /
                RUN mkdir /tmp/context && printf 'FROM base:1\\nRUN true\\n' >/tmp/context/Dockerfile
                ENTRYPOINT ["sh", "-c", "java QUICK -jar /cb.jar socket && java QUICK -jar /cb.jar build /tmp/context"]
                """.replace("QUICK", CommandJvm.QUICK));
        engine.client()
                .buildImageCmd(context.toFile())
                .withTags(Set.of("jenkins/inbound-agent"))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void furnish() {
        machine = AgentMachine.furnish();
    }

    @AfterEach
    void leave() {
        for (Container container :
                engine.client().listContainersCmd().withShowAll(true).exec()) {
            engine.client()
                    .removeContainerCmd(container.getId())
                    .withForce(true)
                    .exec();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void dockerRunGivesTheContainerSocketAndGroup() throws Exception {
        Files.copy(
                Path.of("../src/test/resources/samples/agent-run.sh"),
                machine.folder().resolve("agent-run.sh"));
        AgentMachine.Run run = machine.as("root")
                .withUsualSocket()
                .run(
                        engine.folder(),
                        List.of(
                                "env",
                                "JENKINS_URL=https://jenkins.example",
                                "AGENT_SECRET=none",
                                "AGENT_NAME=agent",
                                "sh",
                                "-eu",
                                "/run/agent/agent-run.sh"));
        assertThat(run.code()).as(run.toString()).isZero();

        assertThatItBuilds(run.out().strip());
    }

    @Test
    void composeGivesTheContainerSocketAndGroup() throws Exception {
        ProcessBuilder compose = new ProcessBuilder(
                TestCompose.find().program().toString(),
                "--file",
                Path.of("../src/test/resources/samples/agent-compose.yaml")
                        .toRealPath()
                        .toString(),
                "up",
                "--detach");
        compose.environment().putAll(Map.of("DOCKER_HOST", engine.uri().toString(), "DOCKER_GROUP", GROUP));
        assertThat(compose.inheritIO().start().waitFor()).isZero();

        assertThatItBuilds(engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("com.docker.compose.service", "agent"))
                .exec()
                .get(0)
                .getId());
    }

    private void assertThatItBuilds(String container) {
        AgentMachine.Run inside = AgentContainer.of(engine, container).await();
        assertThat(inside.out())
                .contains("verdict    usable", "jenkins (uid 1000, ")
                .containsPattern("groups \\[[0-9, ]*" + GROUP)
                .containsPattern("(?m)^sha256:[0-9a-f]{64}$");
    }
}
