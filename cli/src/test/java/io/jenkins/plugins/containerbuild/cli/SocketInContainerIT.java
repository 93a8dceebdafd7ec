package io.jenkins.plugins.containerbuild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.jenkins.plugins.containerbuild.testkit.AgentContainer;
import io.jenkins.plugins.containerbuild.testkit.AgentMachine;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.FreePort;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command "socket" as the user jenkins (1000) of a container that has the socket of its own daemon mounted. The
 * daemon's other address is the helper's, by which a repair becomes root in the container.
 */
class SocketInContainerIT {

    private static final int GROUP = 2375;
    private static final String SOCKET = "/var/run/docker.sock";
    private static final int USABLE = 0;
    private static final int NOT_USABLE = 1;
    private static final int RECONNECT = 3;

    private static TestEngine engine;
    private static String helper;

    @BeforeAll
    static void startTheEngine() {
        helper = "tcp://127.0.0.1:" + FreePort.find();
        engine = TestEngine.startWithOptions(EngineKind.INSTALLED, List.of("--host", helper, "--live-restore"));
        AgentContainer.provideImage(engine);
    }

    @AfterAll
    static void endTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void closeTheSocket() throws IOException {
        closeTo(GROUP);
    }

    private record Outcome(int code, JsonNode json, String said) {

        String text(String pointer) {
            return json.at(pointer).asText();
        }
    }

    /** The state in which a daemon leaves its socket, with a group that is the test's own. */
    private static void closeTo(int group) throws IOException {
        output("setfacl", "--remove-all", "--", file().toString());
        Files.setAttribute(file(), "unix:uid", 0);
        Files.setAttribute(file(), "unix:gid", group);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
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

    private static HostConfig withSocket(Bind... more) {
        List<Bind> binds = new ArrayList<>(List.of(more));
        if (binds.stream().noneMatch(bind -> bind.getVolume().getPath().equals(SOCKET))) {
            binds.add(Bind.parse(engine.ownSocket() + ":" + SOCKET));
        }
        // The helper's address is one of the host's.
        return HostConfig.newHostConfig().withBinds(binds).withNetworkMode("host");
    }

    private static AgentContainer start(HostConfig host) {
        return AgentContainer.start(engine, host, Path.of(System.getProperty("containerbuild.cli.jar")));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                AgentContainer.JAVA, CommandJvm.QUICK, "-jar", "/container-build.jar", "--host", "unix://" + SOCKET));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Outcome socket(AgentContainer agent, String... options) {
        String[] all =
                Stream.concat(Stream.of("socket", "--json"), Stream.of(options)).toArray(String[]::new);
        AgentMachine.Run run = agent.run(command(all));
        try {
            return new Outcome(run.code(), new ObjectMapper().readTree(run.out()), run.out() + run.err());
        } catch (IOException e) {
            throw new IllegalStateException(run.toString(), e);
        }
    }

    private static Outcome repair(AgentContainer agent, String means, String... options) {
        return socket(
                agent,
                Stream.concat(Stream.of("--repair", "--allow", means, "--helper", helper), Stream.of(options))
                        .toArray(String[]::new));
    }

    /** What all of it is for. */
    private static void assertThatABuildWorks(AgentContainer agent) {
        agent.run(List.of(
                "sh", "-c", "mkdir -p /tmp/context && printf 'FROM base:1\\nRUN true\\n' >/tmp/context/Dockerfile"));
        AgentMachine.Run build = agent.run(command("build", "/tmp/context"));
        assertThat(build.code()).as(build.err()).isZero();
        assertThat(engine.imageId(build.out().strip())).isPresent();
    }

    private static String groups(AgentContainer agent) {
        return agent.run(List.of("cat", "/etc/group")).out();
    }

    @Test
    void tellsWhichContainerItIsInAndHowToStartItAnew() {
        try (AgentContainer agent = start(withSocket())) {
            Outcome look = socket(agent);

            assertThat(look.code).isEqualTo(NOT_USABLE);
            assertThat(look.text("/verdict")).isEqualTo("denied-by-group");
            assertThat(look.text("/why")).contains("jenkins (uid 1000, groups 1000)", "the group with the number 2375");
            assertThat(look.text("/container/runtime")).isEqualTo("docker");
            assertThat(look.text("/container/id")).isEqualTo(agent.id());
            assertThat(look.json.at("/fix/lines"))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            "docker run --group-add 2375 ...",
                            "# or, for the agent's service in compose.yaml:",
                            "group_add: [\"2375\"]");
        }
        try (AgentContainer anew = start(withSocket().withGroupAdd(List.of("2375")))) {
            Outcome look = socket(anew);

            assertThat(look.text("/verdict")).isEqualTo("usable");
            assertThat(look.json.at("/process/groups").toString()).contains("2375");
            assertThatABuildWorks(anew);
        }
    }

    @Test
    void rootNeedsNoRepair() {
        try (AgentContainer agent = start(withSocket())) {
            AgentMachine.Run run = agent.run("root", command("socket", "--repair", "--allow", "world"));

            assertThat(run.code()).as(run.toString()).isEqualTo(USABLE);
            assertThat(run.out()).contains("already-usable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acl", "owner", "world"})
    void eachMeansWorksByAnotherAddressOfTheDaemon(String means) throws IOException {
        String before = access();
        try (AgentContainer agent = start(withSocket())) {
            Outcome repair = repair(agent, means);

            assertThat(repair.code).as(repair.said).isEqualTo(USABLE);
            assertThat(repair.text("/attempts/0/as")).isEqualTo("root in the container, by " + helper);
            assertThat(repair.text("/after/verdict")).isEqualTo("usable");
            assertThatABuildWorks(agent);
            assertThat(repair(agent, means).text("/outcome")).isEqualTo("already-usable");

            // What the daemon that runs the container can do it can undo.
            Outcome undone = socket(agent, "--undo", "--helper", helper);
            assertThat(undone.code).as(undone.said).isEqualTo(USABLE);
            assertThat(access()).isEqualTo(before);
        }
    }

    @Test
    void theGroupCountsOnceTheContainerHasStartedAgain() throws IOException {
        String before = access();
        try (AgentContainer agent = start(withSocket())) {
            String groups = groups(agent);
            Outcome repair = repair(agent, "group");

            assertThat(repair.code).as(repair.said).isEqualTo(RECONNECT);
            assertThat(repair.text("/attempts/0/told")).isEqualTo("a new process of jenkins may use the socket");
            assertThat(groups(agent)).contains("\ndocker:x:2375:jenkins\n");
            agent.restart();
            assertThatABuildWorks(agent);
            assertThat(access()).isEqualTo(before);

            Outcome undone = socket(agent, "--undo", "--helper", helper);
            assertThat(undone.code).as(undone.said).isEqualTo(USABLE);
            assertThat(groups(agent)).isEqualTo(groups);
        }
    }

    @Test
    void theSocketsNumberMayBelongToAnotherGroupInside() throws IOException {
        closeTo(999);
        try (AgentContainer agent = start(withSocket())) {
            agent.run("root", List.of("groupadd", "--gid", "999", "systemd-journal"));
            agent.run("root", List.of("groupadd", "--gid", "2376", "docker"));
            Outcome look = socket(agent);

            assertThat(look.text("/why")).contains("the group systemd-journal (999)");
            assertThat(look.json.at("/fix/lines/0").asText()).isEqualTo("docker run --group-add 999 ...");
            assertThat(repair(agent, "group").code).isEqualTo(RECONNECT);
            assertThat(groups(agent)).contains("\nsystemd-journal:x:999:jenkins\n", "\ndocker:x:2376:\n");
            assertThat(socket(agent).code).isEqualTo(USABLE);
        }
    }

    @Test
    void groupZeroIsGivenToNobodyUnasked() throws IOException {
        closeTo(0);
        try (AgentContainer agent = start(withSocket())) {
            assertThat(socket(agent).json.at("/fix/lines"))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            "sudo groupadd --system docker",
                            "sudo systemctl restart docker.socket docker",
                            "docker run --group-add $(stat -c %g /var/run/docker.sock) ...");
            Outcome refused = repair(agent, "group");
            assertThat(refused.code).isEqualTo(NOT_USABLE);
            assertThat(refused.text("/why")).contains("group is 0 (root)");
            assertThat(groups(agent)).contains("root:x:0:\n");

            assertThat(repair(agent, "group", "--group-zero").code).isEqualTo(RECONNECT);
            assertThat(groups(agent)).contains("root:x:0:jenkins\n");
        }
    }

    @Test
    void anImageWithoutSetfaclLeavesTheOtherMeans() throws IOException {
        String before = access();
        try (AgentContainer agent =
                start(withSocket(Bind.parse("/dev/null:/usr/bin/setfacl"), Bind.parse("/dev/null:/usr/bin/getfacl")))) {
            Outcome narrow = repair(agent, "acl");
            assertThat(narrow.code).isEqualTo(NOT_USABLE);
            assertThat(narrow.text("/attempts/0/told")).contains("there is no setfacl here");
            assertThat(access()).isEqualTo(before);

            Outcome wider = repair(agent, "acl,group");
            assertThat(wider.code).as(wider.said).isEqualTo(RECONNECT);
            assertThat(wider.text("/means")).isEqualTo("group");
            assertThat(access()).isEqualTo(before);
        }
    }

    @Test
    void aReadOnlyMountLeavesTheGroupAlone() throws IOException {
        String before = access();
        Bind readOnly = new Bind(engine.ownSocket(), new Volume(SOCKET), AccessMode.ro);
        try (AgentContainer agent = start(withSocket(readOnly))) {
            Outcome repair = repair(agent, "acl,owner,world");
            assertThat(repair.code).isEqualTo(NOT_USABLE);
            assertThat(repair.text("/attempts/2/told")).contains("is mounted read-only");
            assertThat(access()).isEqualTo(before);

            assertThat(repair(agent, "group").code).isEqualTo(RECONNECT);
            assertThatABuildWorks(agent);
        }
    }

    @Test
    void twoContainersThatRepairAtOnceBothGetIn() throws IOException {
        try (AgentContainer one = start(withSocket());
                AgentContainer other = start(withSocket())) {
            List<CompletableFuture<Outcome>> runs = Stream.of(one, other, one, other)
                    .map(agent -> CompletableFuture.supplyAsync(() -> repair(agent, "acl")))
                    .toList();

            assertThat(runs)
                    .allSatisfy(run ->
                            assertThat(run.join().code).as(run.join().said).isEqualTo(USABLE));
            assertThat(access()).containsOnlyOnce("user:1000:rw-");
            assertThat(socket(one).code).isEqualTo(USABLE);
            assertThat(socket(other).code).isEqualTo(USABLE);
        }
    }

    @Test
    void aDaemonThatKnowsNoSuchContainerIsNoHelp() throws IOException {
        String before = access();
        try (TestEngine stranger = TestEngine.start(EngineKind.INSTALLED);
                AgentContainer agent = start(withSocket(Bind.parse(stranger.folder() + ":/run/stranger")))) {
            Files.setPosixFilePermissions(
                    stranger.folder().resolve("engine.sock"), PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.setPosixFilePermissions(stranger.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

            Outcome repair =
                    socket(agent, "--repair", "--allow", "world", "--helper", "unix:///run/stranger/engine.sock");

            assertThat(repair.code).isEqualTo(NOT_USABLE);
            assertThat(repair.text("/attempts/0/told")).contains("No such container");
            assertThat(access()).isEqualTo(before);
        }
    }

    @Test
    void aContainerThatDockerStartsAgainGetsTheNewSocketAndIsRepairedAnew() throws IOException {
        try (AgentContainer agent = start(withSocket())) {
            assertThat(repair(agent, "acl").code).isEqualTo(USABLE);

            // Docker's new start leaves the container running, which keeps the old socket.
            engine.restart();
            closeTo(GROUP);
            Outcome left = socket(agent);
            assertThat(left.text("/verdict")).isEqualTo("not-listening");
            assertThat(left.text("/why")).contains("has been deleted on the host since this container was started");
            assertThat(left.json.at("/fix/lines/0").asText()).isEqualTo("docker restart " + agent.id());
            assertThat(repair(agent, "acl,world").text("/outcome")).isEqualTo("not-repairable");

            agent.restart();
            assertThat(socket(agent).text("/verdict")).isEqualTo("denied-by-group");
            assertThat(repair(agent, "acl").text("/outcome")).isEqualTo("repaired");
            assertThatABuildWorks(agent);
        }
    }
}
