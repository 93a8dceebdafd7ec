package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import io.jenkins.plugins.containerbuild.engine.socket.SocketMount;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.AgentMachine;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An agent in a container, who is not root, gives the socket on to a container that it starts beside its own; and a process
 * in there that is not root either builds an image.
 */
class SocketMountIT {

    private static final int GROUP = 2375;

    private static TestEngine installed;

    /** For all tests but one: to put the agent's image into an engine takes longer than a test. */
    @BeforeAll
    static void start() throws IOException {
        installed = start(EngineKind.INSTALLED);
    }

    @AfterAll
    static void end() {
        if (installed != null) {
            installed.close();
        }
    }

    private static TestEngine start(EngineKind kind) throws IOException {
        TestEngine engine = TestEngine.start(kind);
        Path socket = engine.folder().resolve("engine.sock");
        Files.setPosixFilePermissions(engine.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(socket, "unix:gid", GROUP);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        return engine;
    }

    /** What the agent finds out, or why it does not. */
    private static String found(TestEngine engine, String bind, String socket) {
        List<String> command = List.of(
                AgentContainer.JAVA,
                CommandJvm.QUICK,
                "-cp",
                "/container-build.jar:/test-classes",
                SocketMountProbe.class.getName(),
                "unix://" + socket);
        try (AgentContainer agent = AgentContainer.start(
                engine, AgentContainer.JENKINS, host(bind, GROUP), command, commandLine(), testClasses())) {
            return agent.await().out().strip();
        }
    }

    private static HostConfig host(String bind, long group) {
        return HostConfig.newHostConfig().withBinds(Bind.parse(bind)).withGroupAdd(List.of(Long.toString(group)));
    }

    private static Path commandLine() {
        return Path.of(System.getProperty("containerbuild.cli.jar"));
    }

    private static Path testClasses() {
        return Path.of(SocketMountProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private static void assertThatItBuilds(TestEngine engine, String found) {
        String[] words = found.split(" ");
        SocketMount mount = new SocketMount(words[0], words[1], Long.valueOf(words[2]));
        List<String> command = List.of(
                "sh",
                "-euc",
                "id -u >&2; mkdir /tmp/context; printf 'FROM base:1\\nRUN true\\n' >/tmp/context/Dockerfile;"
                        + " exec java " + CommandJvm.QUICK + " -jar /container-build.jar build /tmp/context");
        try (AgentContainer beside = AgentContainer.start(
                engine, AgentContainer.JENKINS, host(mount.bind(), mount.gid()), command, commandLine())) {
            AgentMachine.Run build = beside.await();
            assertThat(build.code()).as(build.toString()).isZero();
            assertThat(build.err()).startsWith("1000\n");
            assertThat(engine.imageId(build.out().strip())).isPresent();
        }
    }

    private static void findsTheSocketWhereverItIsMounted(TestEngine engine) {
        String usual = engine.ownSocket() + " /var/run/docker.sock " + GROUP;

        assertThat(found(engine, engine.ownSocket() + ":/var/run/docker.sock", "/var/run/docker.sock"))
                .isEqualTo(usual);
        assertThat(found(engine, engine.ownSocket() + ":/run/host.sock", "/run/host.sock"))
                .isEqualTo(usual);
        assertThat(found(engine, Path.of(engine.ownSocket()).getParent() + ":/host", "/host/engine.sock"))
                .isEqualTo(usual);
        assertThatItBuilds(engine, usual);
    }

    @Test
    void findsTheSocketOnTheHostWhereverItIsMounted() {
        findsTheSocketWhereverItIsMounted(installed);
    }

    @Test
    void findsTheSocketOnTheHostOfPodmanToo() throws Exception {
        try (TestEngine podman = start(EngineKind.PODMAN_5)) {
            findsTheSocketWhereverItIsMounted(podman);
        }
    }

    @Test
    void findsTheSocketInAVolume() {
        installed
                .client()
                .createVolumeCmd()
                .withName("run")
                .withDriverOpts(Map.of("type", "none", "o", "bind", "device", "/mnt"))
                .exec();
        String found = found(installed, "run:/host", "/host/engine.sock");

        assertThat(found).endsWith("/volumes/run/_data/engine.sock /var/run/docker.sock " + GROUP);
        try (AgentContainer holdsTheVolume = AgentContainer.start(installed, host("run:/host", GROUP))) {
            assertThat(holdsTheVolume.id()).isNotEmpty();
            assertThatItBuilds(installed, found);
        }
    }

    @Test
    void aDaemonThatDoesNotRunTheAgentsContainerCannotTell() throws Exception {
        try (TestEngine other = start(EngineKind.INSTALLED)) {
            assertThat(found(installed, other.folder() + ":/other", "/other/engine.sock"))
                    .contains("could not mount the Docker socket into the container")
                    .contains("the agent is in a container itself, and the daemon does not tell where")
                    .contains("it knows no container ");
        }
    }
}
