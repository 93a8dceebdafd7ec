package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command "socket" as the user jenkins (1000) of a machine, beside the private daemon of the tests. The group of its
 * socket has no name there and jenkins is not in it, unless a test says otherwise.
 */
class SocketCommandIT {

    private static final long GROUP = 2375;
    private static final String ALL_BY_SUDO = "jenkins, builder ALL=(root) NOPASSWD: ALL";
    private static final int USABLE = 0;
    private static final int NOT_USABLE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int RECONNECT = 3;

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
        Files.copy(
                Path.of(System.getProperty("containerbuild.cli.jar")),
                machine.folder().resolve("cb.jar"));
        closeTheSocket();
    }

    @AfterEach
    void leave() {
        if (machine != null) {
            machine.close();
        }
    }

    private record Outcome(int code, JsonNode json, String said) {

        String text(String pointer) {
            return json.at(pointer).asText();
        }
    }

    /** The state in which a daemon leaves its socket, with a group that is the test's own. */
    private static void closeTheSocket() throws IOException {
        Path socket = file();
        output("setfacl", "--remove-all", "--", socket.toString());
        Files.setAttribute(socket, "unix:uid", 0);
        Files.setAttribute(socket, "unix:gid", (int) GROUP);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    private static Path file() {
        return engine.folder().resolve("engine.sock");
    }

    /** Owner, group, mode and list, as the host sees them. */
    private static String access() throws IOException {
        return output("stat", "-c", "%u:%g %a", file().toString())
                + output("getfacl", "-n", "-c", "-p", file().toString());
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    private Outcome socket(AgentMachine agent, Path engineFolder, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                CommandJvm.QUICK,
                "-jar",
                "/run/agent/cb.jar",
                "--host",
                AgentMachine.ENGINE,
                "socket",
                "--json"));
        command.addAll(List.of(options));
        AgentMachine.Run run = agent.run(engineFolder, command);
        try {
            return new Outcome(run.code(), new ObjectMapper().readTree(run.out()), run.out() + run.err());
        } catch (IOException e) {
            throw new IllegalStateException(run.toString(), e);
        }
    }

    private Outcome socket(String... options) {
        return socket(machine, engine.folder(), options);
    }

    /** What all of it is for. */
    private void assertThatABuildWorks() throws IOException {
        Path context = Files.createDirectories(machine.folder().resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM base:1\nRUN true\n");
        AgentMachine.Run build = machine.run(
                engine.folder(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        CommandJvm.QUICK,
                        "-jar",
                        "/run/agent/cb.jar",
                        "--host",
                        AgentMachine.ENGINE,
                        "build",
                        "/run/agent/context"));
        assertThat(build.code()).as(build.err()).isZero();
        assertThat(engine.imageId(build.out().strip())).isPresent();
    }

    @Test
    void aUserOutsideOfTheGroupGetsTheVerdictAndTheLinesThatHelp() {
        Outcome look = socket();

        assertThat(look.code).isEqualTo(NOT_USABLE);
        assertThat(look.text("/verdict")).isEqualTo("denied-by-group");
        assertThat(look.text("/why"))
                .contains("jenkins (uid 1000, groups 1000)", "the group with the number 2375", "mode 660");
        assertThat(look.json.at("/fix/lines"))
                .extracting(JsonNode::asText)
                .containsExactly("sudo groupadd --gid 2375 docker", "sudo usermod -aG docker jenkins");
        assertThat(look.json.at("/path/gid").asLong()).isEqualTo(GROUP);
        assertThat(look.json.at("/path/acl")).isEmpty();
        assertThat(look.json.at("/process/uid").asLong()).isEqualTo(1000);
    }

    @Test
    void aGroupThatWasGrantedSinceTheProcessStartedIsToldApart() throws Exception {
        machine.addGroup("docker:x:" + GROUP + ":jenkins");
        machine.sudoers(ALL_BY_SUDO);

        JsonNode look = lookOfAnOlderProcess();
        assertThat(look.at("/verdict").asText()).isEqualTo("denied-until-reconnect");
        assertThat(look.at("/why").asText()).contains("jenkins has been put into the group docker (2375)");
        assertThat(socket().code).isEqualTo(USABLE);
    }

    @Test
    void theGroupsOfADirectoryServiceCountLikeThoseOfTheMachine() throws Exception {
        machine.addDirectoryGroup("ldap-docker:x:" + GROUP + ":");
        machine.sudoers(ALL_BY_SUDO);

        Outcome outside = socket();
        assertThat(outside.text("/verdict")).isEqualTo("denied-by-group");
        assertThat(outside.text("/why")).contains("the group ldap-docker (2375)");
        assertThat(outside.text("/fix/title")).contains("ldap-docker where the system keeps it");
        Outcome repair = socket("--repair", "--allow", "group");
        assertThat(repair.text("/attempts/0/told")).contains("the group ldap-docker (2375) is not in /etc/group");

        machine.addDirectoryGroup("ldap-docker:x:" + GROUP + ":jenkins");
        Outcome inside = socket();
        assertThat(inside.text("/verdict")).isEqualTo("usable");
        assertThat(inside.json.at("/process/groups").toString()).contains("2375");
        assertThat(lookOfAnOlderProcess().at("/verdict").asText()).isEqualTo("denied-until-reconnect");
    }

    /** A process that started before has no groups but its own. */
    private JsonNode lookOfAnOlderProcess() throws IOException {
        List<String> command = List.of(
                "sudo",
                "-n",
                "--",
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                CommandJvm.QUICK,
                "-jar",
                "/run/agent/cb.jar",
                "--host",
                AgentMachine.ENGINE,
                "socket",
                "--json");
        AgentMachine.Run run = machine.run(engine.folder(), command);
        assertThat(run.code()).isEqualTo(NOT_USABLE);
        return new ObjectMapper().readTree(run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"acl", "owner", "world"})
    void eachMeansOpensTheSocketUntilTheDaemonMakesANewOne(String means) throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        String before = access();

        Outcome repair = socket("--repair", "--allow", means);
        assertThat(repair.code).as(repair.said).isEqualTo(USABLE);
        assertThat(repair.text("/outcome")).isEqualTo("repaired");
        assertThat(repair.text("/means")).isEqualTo(means);
        assertThat(repair.text("/before/verdict")).isEqualTo("denied-by-group");
        assertThat(repair.text("/after/verdict")).isEqualTo("usable");
        assertThatABuildWorks();
        assertThat(socket("--repair", "--allow", means).text("/outcome")).isEqualTo("already-usable");

        Outcome undone = socket("--undo");
        assertThat(undone.code).as(undone.said).isEqualTo(USABLE);
        assertThat(access()).isEqualTo(before);
        assertThat(socket().text("/verdict")).isEqualTo("denied-by-group");

        socket("--repair", "--allow", means);
        engine.restart();
        closeTheSocket();
        assertThat(socket().text("/verdict")).isEqualTo("denied-by-group");
        Outcome nothingLeft = socket("--undo");
        assertThat(nothingLeft.code).isEqualTo(USABLE);
        assertThat(nothingLeft.json.at("/commands")).isEmpty();
        assertThat(access()).isEqualTo(before);

        assertThat(socket("--repair", "--allow", means).text("/outcome")).isEqualTo("repaired");
        assertThatABuildWorks();
    }

    @Test
    void theGroupWorksForTheNextProcessAndOutlivesTheSocket() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        String before = access();
        List<String> groups = machine.groups();

        Outcome repair = socket("--repair", "--allow", "group");
        assertThat(repair.code).as(repair.said).isEqualTo(RECONNECT);
        assertThat(repair.text("/outcome")).isEqualTo("reconnect-needed");
        assertThat(repair.text("/attempts/0/told")).isEqualTo("a new process of jenkins may use the socket");
        assertThat(machine.groups()).contains("docker:x:2375:jenkins");
        assertThat(access()).isEqualTo(before);
        assertThatABuildWorks();

        engine.restart();
        closeTheSocket();
        assertThatABuildWorks();

        Outcome undone = socket("--undo");
        assertThat(undone.code).as(undone.said).isEqualTo(USABLE);
        assertThat(machine.groups()).isEqualTo(groups);
        assertThat(socket().text("/verdict")).isEqualTo("denied-by-group");
    }

    @Test
    void joinsTheGroupThatHasTheNumberWhateverItsName() {
        machine.sudoers(ALL_BY_SUDO);
        machine.addGroup("systemd-journal:x:" + GROUP + ":");
        machine.addGroup("docker:x:107:");

        assertThat(socket("--repair", "--allow", "group").code).isEqualTo(RECONNECT);
        assertThat(machine.groups()).contains("systemd-journal:x:2375:jenkins", "docker:x:107:");
        assertThat(socket().code).isEqualTo(USABLE);

        socket("--undo");
        assertThat(machine.groups()).contains("systemd-journal:x:2375:");
    }

    @Test
    void makesAGroupOfAnotherNameWhereDockerIsTaken() {
        machine.sudoers(ALL_BY_SUDO);
        machine.addGroup("docker:x:107:");

        assertThat(socket("--repair", "--allow", "group").code).isEqualTo(RECONNECT);
        assertThat(machine.groups()).contains("docker:x:107:", "docker-2375:x:2375:jenkins");
    }

    @Test
    void makesNoGroupWhereThatIsNotAllowed() {
        machine.sudoers(ALL_BY_SUDO);
        List<String> groups = machine.groups();

        Outcome repair = socket("--repair", "--allow", "group", "--no-new-group");

        assertThat(repair.code).isEqualTo(NOT_USABLE);
        assertThat(repair.text("/attempts/0/told")).contains("no group has the number 2375", "the policy");
        assertThat(machine.groups()).isEqualTo(groups);
    }

    @Test
    void leavesGroupZeroAloneUnlessItIsToldTo() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        Files.setAttribute(file(), "unix:gid", 0);

        assertThat(socket().json.at("/fix/lines"))
                .extracting(JsonNode::asText)
                .contains("sudo groupadd --system docker", "sudo usermod -aG docker jenkins");
        Outcome refused = socket("--repair", "--allow", "group");
        assertThat(refused.text("/outcome")).isEqualTo("failed");
        assertThat(refused.text("/why")).contains("group is 0 (root)");
        assertThat(machine.groups()).contains("root:x:0:");

        assertThat(socket("--repair", "--allow", "group", "--group-zero").code).isEqualTo(RECONNECT);
        assertThat(machine.groups()).contains("root:x:0:jenkins");
        assertThat(socket().code).isEqualTo(USABLE);
    }

    @Test
    void goesOnToTheNextMeansWhereAProgramIsMissing() throws Exception {
        machine.sudoers(ALL_BY_SUDO);

        Outcome repair =
                socket(machine.without("setfacl", "getfacl"), engine.folder(), "--repair", "--allow", "owner,acl");

        assertThat(repair.code).as(repair.said).isEqualTo(USABLE);
        assertThat(repair.text("/attempts/0/means")).isEqualTo("acl");
        assertThat(repair.text("/attempts/0/told")).contains("there is no setfacl here");
        assertThat(repair.text("/attempts/1/means")).isEqualTo("owner");
        assertThat(repair.json.at("/before/path/acl").isNull()).isTrue();
        assertThat(access()).startsWith("1000:2375 660");
    }

    @Test
    void neverOpensTheSocketFurtherThanAllowed() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        String before = access();

        Outcome repair = socket(machine.without("setfacl"), engine.folder(), "--repair", "--allow", "acl");

        assertThat(repair.code).isEqualTo(NOT_USABLE);
        assertThat(repair.text("/outcome")).isEqualTo("failed");
        assertThat(access()).isEqualTo(before);
    }

    @Test
    void tellsThatSudoWantsAPassword() throws Exception {
        String before = access();

        Outcome repair = socket("--repair", "--allow", "acl,group,owner,world");

        assertThat(repair.code).isEqualTo(NOT_USABLE);
        assertThat(repair.json.at("/attempts"))
                .hasSize(4)
                .allSatisfy(attempt -> assertThat(attempt.at("/told").asText()).contains("a password is required"));
        assertThat(repair.json.at("/after/fix/lines")).isNotEmpty();
        assertThat(access()).isEqualTo(before);
        assertThat(machine.groups()).doesNotContain("docker:x:2375:jenkins");
    }

    @Test
    void saysWhoseRightsWereLookedFor() {
        machine.sudoers(ALL_BY_SUDO);

        Outcome repair = socket("--repair", "--allow", "acl", "--no-sudo");

        assertThat(repair.code).isEqualTo(NOT_USABLE);
        assertThat(repair.text("/why"))
                .contains("the process is not root", "the policy does not allow sudo", "no other endpoint");
        assertThat(repair.json.at("/attempts")).isEmpty();
    }

    @Test
    void oneLineOfSudoersIsEnoughForOneMeans() {
        machine.sudoers(
                "jenkins ALL=(root) NOPASSWD: /usr/bin/setfacl --modify user\\:1000\\:rw -- /run/engine/engine.sock");

        Outcome repair = socket("--repair", "--allow", "acl");

        assertThat(repair.code).as(repair.said).isEqualTo(USABLE);
        assertThat(repair.text("/attempts/0/as")).isEqualTo("sudo");
    }

    @Test
    void aReadOnlyMountLeavesTheGroupAlone() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        AgentMachine readOnly = machine.readOnly();
        String before = access();

        Outcome repair = socket(readOnly, engine.folder(), "--repair", "--allow", "acl,owner,world");
        assertThat(repair.json.at("/before/path/readOnlyMount").asBoolean()).isTrue();
        assertThat(repair.code).isEqualTo(NOT_USABLE);
        assertThat(repair.text("/attempts/2/told")).contains("is mounted read-only");
        assertThat(access()).isEqualTo(before);

        assertThat(socket(readOnly, engine.folder(), "--repair", "--allow", "group").code)
                .isEqualTo(RECONNECT);
        assertThat(socket(readOnly, engine.folder()).code).isEqualTo(USABLE);
    }

    @Test
    void repairsAtOnceGetInNobodysWay() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        String before = access();
        AgentMachine builder = machine.as("builder");

        List<CompletableFuture<Outcome>> runs = Stream.of(machine, builder, machine, builder)
                .map(agent -> CompletableFuture.supplyAsync(
                        () -> socket(agent, engine.folder(), "--repair", "--allow", "acl")))
                .toList();
        assertThat(runs)
                .allSatisfy(
                        run -> assertThat(run.join().code).as(run.join().said).isEqualTo(USABLE));
        assertThat(access()).containsOnlyOnce("user:1000:rw-").containsOnlyOnce("user:1001:rw-");

        assertThat(socket("--undo").code).isEqualTo(USABLE);
        assertThat(socket().code).isEqualTo(NOT_USABLE);
        assertThat(socket(builder, engine.folder()).code).isEqualTo(USABLE);
        assertThat(socket(builder, engine.folder(), "--undo").code).isEqualTo(USABLE);
        assertThat(access()).isEqualTo(before);
    }

    @Test
    void anAclWhoseMaskKeepsOthersOutStaysAsItIs() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        output("setfacl", "--modify", "user:2000:rw,mask::r", "--", file().toString());
        String before = access();

        Outcome repair = socket("--repair", "--allow", "acl");

        assertThat(repair.text("/attempts/0/told")).contains("has a mask that keeps others out");
        assertThat(access()).isEqualTo(before);
    }

    @Test
    void undoLeavesAloneWhatSomebodyElseHasChangedSince() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        socket("--repair", "--allow", "world");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
        String changed = access();

        Outcome undone = socket("--undo");

        assertThat(undone.code).isEqualTo(NOT_USABLE);
        assertThat(undone.text("/why")).contains("has been changed since the repair");
        assertThat(access()).isEqualTo(changed);
    }

    @Test
    void undoWithoutARecordChangesNothing() {
        Outcome undone = socket("--undo");

        assertThat(undone.code).isEqualTo(NOT_USABLE);
        assertThat(undone.text("/why")).contains("there is no record of a repair of /run/engine/engine.sock");
    }

    @Test
    void aForgedRecordOpensNothing() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        socket("--repair", "--allow", "world");
        Path records = machine.folder().resolve("home/.local/state/container-build");
        try (Stream<Path> files = Files.list(records)) {
            Path record = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(record, Files.readString(record).replace("\"mode\" : \"660\"", "\"mode\" : \"4777\""));
        }
        String before = access();

        Outcome undone = socket("--undo");

        assertThat(undone.code).isEqualTo(NOT_USABLE);
        assertThat(undone.text("/why")).contains("would open the socket further");
        assertThat(access()).isEqualTo(before);
    }

    @Test
    void theSocketOfAnotherServiceIsClosedAgain() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        Path folder = folderOfASocket();
        try (ServerSocketChannel other = listener(folder)) {
            CompletableFuture<Void> hangsUp = CompletableFuture.runAsync(() -> hangUp(other));

            Outcome repair = socket(machine, folder, "--repair", "--allow", "acl,owner,world");

            assertThat(repair.code).as(repair.said).isEqualTo(NOT_USABLE);
            assertThat(repair.text("/attempts/0/told")).contains("no Docker Engine answers");
            assertThat(output(
                            "getfacl",
                            "-n",
                            "-c",
                            "-p",
                            folder.resolve("engine.sock").toString()))
                    .isEqualToIgnoringWhitespace("user::rw- group::rw- other::---");
            assertThat(output(
                            "stat",
                            "-c",
                            "%u:%g %a",
                            folder.resolve("engine.sock").toString()))
                    .isEqualToIgnoringWhitespace("0:0 660");
            other.close();
            hangsUp.join();
        }
    }

    @Test
    void rootChangesNothingInAFolderThatOthersCanChange() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        Path folder = folderOfASocket();
        Files.setAttribute(folder, "unix:uid", 1000);
        try (ServerSocketChannel other = listener(folder)) {
            Outcome repair = socket(machine, folder, "--repair", "--allow", "acl,owner,world");

            assertThat(other.isOpen()).isTrue();
            assertThat(repair.text("/outcome")).isEqualTo("not-repairable");
            assertThat(repair.text("/why")).contains("/run/engine can be changed by others than root");
        }
    }

    private Path folderOfASocket() throws IOException {
        Path folder = Files.createDirectory(machine.folder().resolve("other"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    private static ServerSocketChannel listener(Path folder) throws IOException {
        Path socket = folder.resolve("engine.sock");
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        // Bound by its short name: the path of a deep checkout is too long for a socket.
        Path place = Files.createTempDirectory("cb");
        Path link = Files.createSymbolicLink(place.resolve("s"), folder);
        listener.bind(UnixDomainSocketAddress.of(link.resolve("engine.sock")));
        Files.delete(link);
        Files.delete(place);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
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

    /** The scripts that docs/docker-sock.md shows. */
    @Test
    void theSamplesRun() throws Exception {
        machine.sudoers(ALL_BY_SUDO);
        Path command = Files.createDirectory(machine.folder().resolve("bin")).resolve("container-build");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '%s/bin/java' -jar /run/agent/cb.jar --host %s \"$@\"\n"
                        .formatted(System.getProperty("java.home"), AgentMachine.ENGINE));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(sample("socket.sh").code()).isEqualTo(NOT_USABLE);
        AgentMachine.Run repaired = sample("socket-repair.sh");
        assertThat(repaired.code()).as(repaired.err()).isZero();
        assertThat(repaired.out()).contains("repair     repaired: jenkins got an entry", "undo       done: ");
    }

    private AgentMachine.Run sample(String name) throws IOException {
        Path samples = Path.of("../src/test/resources/samples");
        Files.copy(samples.resolve(name), machine.folder().resolve(name));
        return machine.run(
                engine.folder(),
                List.of("env", "PATH=/run/agent/bin:/usr/bin:/bin", "sh", "-eu", "/run/agent/" + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--repair", "--repair --undo", "--allow acl", "--repair --allow 777", "--timeout 0"})
    void saysWhatIsWrongWithTheOptions(String options) {
        AgentMachine.Run run = machine.run(
                engine.folder(),
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        CommandJvm.QUICK,
                                        "-jar",
                                        "/run/agent/cb.jar",
                                        "socket"),
                                Stream.of(options.split(" ")))
                        .toList());

        assertThat(run.code()).isEqualTo(WRONG_USAGE);
        assertThat(run.err()).containsAnyOf("ERROR: --", "Invalid value for option");
    }
}
