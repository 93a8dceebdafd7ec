package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.testkit.AgentMachine;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repairs that never come to their end: the process is killed, or what did not help cannot be taken back. */
class SocketRepairCutOffIT {

    private static final int GROUP = 2375;
    private static final String ALL_BY_SUDO = "jenkins ALL=(root) NOPASSWD: ALL";
    private static final int KILLED = 128 + 9;

    private static TestEngine engine;

    private AgentMachine machine;

    @BeforeAll
    static void startTheEngine() throws IOException {
        engine = TestEngine.start(EngineKind.INSTALLED);
        Files.setPosixFilePermissions(engine.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void furnish() throws IOException {
        machine = AgentMachine.furnish();
        machine.sudoers(ALL_BY_SUDO);
        Files.copy(
                Path.of(System.getProperty("containerbuild.cli.jar")),
                machine.folder().resolve("cb.jar"));
        Path socket = engine.folder().resolve("engine.sock");
        output("setfacl", "--remove-all", "--", socket.toString());
        Files.setAttribute(socket, "unix:uid", 0);
        Files.setAttribute(socket, "unix:gid", GROUP);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    @AfterEach
    void leave() {
        if (machine != null) {
            machine.close();
        }
    }

    private static String access(Path folder) throws IOException {
        String socket = folder.resolve("engine.sock").toString();
        return output("stat", "-c", "%u:%g %a", socket) + output("getfacl", "-n", "-c", "-p", socket);
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static AgentMachine.Run socket(AgentMachine agent, Path engineFolder, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                CommandJvm.QUICK,
                "-jar",
                "/run/agent/cb.jar",
                "--host",
                AgentMachine.ENGINE,
                "socket"));
        command.addAll(List.of(options));
        return agent.run(engineFolder, command);
    }

    private AgentMachine.Run socket(String... options) {
        return socket(machine, engine.folder(), options);
    }

    @ParameterizedTest
    @CsvSource({"acl,setfacl", "owner,chown", "world,chmod", "group,groupadd", "group,gpasswd"})
    void whatAKilledProcessHadDoneCanBeUndone(String means, String program) throws IOException {
        String before = access(engine.folder());
        List<String> groups = machine.groups();

        AgentMachine.Run killed = socket(machine.killedAfter(program), engine.folder(), "--repair", "--allow", means);
        assertThat(killed.code()).as(killed.toString()).isEqualTo(KILLED);
        assertThat(access(engine.folder()) + machine.groups()).isNotEqualTo(before + groups);

        AgentMachine.Run undone = socket("--undo");
        assertThat(undone.code()).as(undone.toString()).isZero();
        assertThat(access(engine.folder())).isEqualTo(before);
        assertThat(machine.groups()).isEqualTo(groups);
    }

    @Test
    void theNextRepairBeginsWithWhatWasCutOff() throws IOException {
        List<String> groups = machine.groups();
        socket(machine.killedAfter("groupadd"), engine.folder(), "--repair", "--allow", "group");
        assertThat(machine.groups()).contains("docker:x:2375:");

        AgentMachine.Run repaired = socket("--repair", "--allow", "group");
        assertThat(repaired.out()).contains("reconnect-needed");
        assertThat(machine.groups()).contains("docker:x:2375:jenkins");

        assertThat(socket("--undo").code()).isZero();
        assertThat(machine.groups()).isEqualTo(groups);
    }

    @Test
    void whatAKilledProcessHadDoneIsGoneBeforeAnotherMeansIsTried() throws IOException {
        String before = access(engine.folder());
        List<String> groups = machine.groups();
        socket(machine.killedAfter("groupadd"), engine.folder(), "--repair", "--allow", "group");

        assertThat(socket("--repair", "--allow", "acl").out())
                .contains("repair     repaired: ", "an earlier one was cut off: the group docker was removed");
        assertThat(machine.groups()).isEqualTo(groups);
        assertThat(socket("--undo").code()).isZero();
        assertThat(access(engine.folder())).isEqualTo(before);
    }

    @Test
    void whatCouldNotBeTakenBackKeepsItsRecord() throws Exception {
        Path folder = Files.createDirectory(machine.folder().resolve("other"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        machine.sudoers("jenkins ALL=(root) NOPASSWD: /usr/bin/chmod 666 -- /run/engine/engine.sock");
        try (ServerSocketChannel other = noEngine(folder)) {
            CompletableFuture<Void> hangsUp = CompletableFuture.runAsync(() -> hangUp(other));
            String before = access(folder);

            AgentMachine.Run repair = socket(machine, folder, "--repair", "--allow", "world");
            assertThat(repair.code()).isEqualTo(1);
            assertThat(repair.out()).contains("no Docker Engine answers", "taking it back failed");
            assertThat(access(folder)).isNotEqualTo(before);

            machine.sudoers(ALL_BY_SUDO);
            AgentMachine.Run undone = socket(machine, folder, "--undo");
            assertThat(undone.code()).as(undone.toString()).isZero();
            assertThat(access(folder)).isEqualTo(before);
            other.close();
            hangsUp.join();
        }
    }

    private static ServerSocketChannel noEngine(Path folder) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        // Bound by its short name: the path of a deep checkout is too long for a socket.
        Path place = Files.createTempDirectory("cb");
        Path link = Files.createSymbolicLink(place.resolve("s"), folder);
        listener.bind(UnixDomainSocketAddress.of(link.resolve("engine.sock")));
        Files.delete(link);
        Files.delete(place);
        Files.setPosixFilePermissions(folder.resolve("engine.sock"), PosixFilePermissions.fromString("rw-rw----"));
        return listener;
    }

    private static void hangUp(ServerSocketChannel listener) {
        try {
            while (listener.isOpen()) {
                listener.accept().close();
            }
        } catch (IOException e) {
            // closed
        }
    }
}
