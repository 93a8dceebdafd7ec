package io.jenkins.plugins.containerbuild.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.endpoint.Contact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which lines help where. */
class FixFinderTest {

    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final ProcessFacts JENKINS =
            new ProcessFacts("jenkins", 1000L, 1000L, List.of(1000L), List.of(1000L));
    private static final Contact DENIED =
            new Contact(Contact.Kind.DENIED, false, "permission denied", "advice", null, null, List.of());

    @TempDir
    private Path root;

    @BeforeEach
    void haveTheUsualGroups() throws IOException {
        Files.writeString(Files.createDirectory(root.resolve("etc")).resolve("group"), "root:x:0:\ndocker:x:998:\n");
    }

    private SocketFix fix(SocketVerdict verdict, PathFacts path, ContainerFacts container) {
        return new FixFinder(path, JENKINS, container, DENIED, new Accounts(new SystemFiles(root))).find(verdict);
    }

    private static PathFacts socket(long uid, String user, long gid, String group, String mode) {
        return socket("/var/run/docker.sock", uid, user, gid, group, mode);
    }

    private static PathFacts socket(String path, long uid, String user, long gid, String group, String mode) {
        return new PathFacts(
                path, null, PathKind.SOCKET, uid, user, gid, group, mode, List.of(), 1L, 2L, 3L, false, false);
    }

    private static PathFacts nothing(String path) {
        return new PathFacts(
                path, null, PathKind.ABSENT, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static PathFacts docker() {
        return socket(0, "root", 998, "docker", "660");
    }

    private static ContainerFacts in(ContainerRuntime runtime, boolean rootless) {
        return new ContainerFacts(runtime, ID, List.of(), 2, rootless, List.of(), null);
    }

    private static ContainerFacts machine(String service) {
        return new ContainerFacts(ContainerRuntime.NONE, null, List.of(), 2, false, List.of(), service);
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                Arguments.of(
                        in(ContainerRuntime.DOCKER, false),
                        List.of(
                                "docker run --group-add 998 ...",
                                "# or, for the agent's service in compose.yaml:",
                                "group_add: [\"998\"]")),
                Arguments.of(
                        in(ContainerRuntime.DOCKER_DESKTOP, false),
                        List.of(
                                "docker run --group-add 998 ...",
                                "# or, for the agent's service in compose.yaml:",
                                "group_add: [\"998\"]")),
                Arguments.of(
                        in(ContainerRuntime.KUBERNETES, false),
                        List.of("spec:", "  securityContext:", "    supplementalGroups: [998]")),
                Arguments.of(in(ContainerRuntime.PODMAN, false), List.of("podman run --group-add 998 ...")),
                Arguments.of(in(ContainerRuntime.PODMAN, true), List.of("podman run --userns keep-id ...")),
                Arguments.of(
                        machine("jenkins-agent.service"),
                        List.of("sudo usermod -aG docker jenkins", "sudo systemctl restart jenkins-agent.service")),
                Arguments.of(machine(null), List.of("sudo usermod -aG docker jenkins")));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void theGroupIsGivenWhereTheAgentIs(ContainerFacts container, List<String> lines) {
        assertThat(fix(SocketVerdict.DENIED_BY_GROUP, docker(), container).lines())
                .isEqualTo(lines);
    }

    @Test
    void aGroupThatIsInNoFileIsJoinedWhereItIsKept() {
        SocketFix fix = fix(
                SocketVerdict.DENIED_BY_GROUP,
                socket(0, "root", 5000, "ldap-docker", "660"),
                machine("jenkins-agent.service"));

        assertThat(fix.title()).contains("the group ldap-docker where the system keeps it");
        assertThat(fix.lines()).containsExactly("sudo systemctl restart jenkins-agent.service");
    }

    @Test
    void aRestartIsEnoughOnceTheGroupIsGranted() {
        assertThat(fix(SocketVerdict.DENIED_UNTIL_RECONNECT, docker(), machine("jenkins.service"))
                        .lines())
                .containsExactly("sudo systemctl restart jenkins.service");
        assertThat(fix(SocketVerdict.DENIED_UNTIL_RECONNECT, docker(), in(ContainerRuntime.DOCKER, false))
                        .lines())
                .containsExactly("docker restart " + ID);
    }

    @Test
    void aUserWithoutADaemonGetsOneOfItsOwn() {
        PathFacts rootless = socket("/run/user/1001/docker.sock", 1001, "other", 1001, "other", "660");

        assertThat(fix(SocketVerdict.ROOTLESS_OF_OTHER_USER, rootless, machine(null))
                        .lines())
                .contains(
                        "dockerd-rootless-setuptool.sh install",
                        "export DOCKER_HOST=unix:///run/user/1000/docker.sock");

        PathFacts podman = socket("/run/user/1001/podman/podman.sock", 1001, "other", 1001, "other", "660");

        assertThat(fix(SocketVerdict.ROOTLESS_OF_OTHER_USER, podman, machine(null))
                        .lines())
                .contains("systemctl --user enable --now podman.socket");
    }

    @Test
    void theServiceOfPodmanIsStartedForItsUser() {
        assertThat(fix(SocketVerdict.ABSENT, nothing("/run/user/1000/podman/podman.sock"), machine(null))
                        .lines())
                .containsExactly("systemctl --user enable --now podman.socket");
        assertThat(fix(SocketVerdict.ABSENT, nothing("/run/user/1000/docker.sock"), machine(null))
                        .lines())
                .containsExactly("systemctl --user start docker");
    }

    @Test
    void aContainerGetsTheSocketMounted() {
        assertThat(fix(SocketVerdict.ABSENT, nothing("/var/run/docker.sock"), in(ContainerRuntime.DOCKER, false))
                        .lines())
                .containsExactly("docker run -v /var/run/docker.sock:/var/run/docker.sock"
                        + " --group-add $(stat -c %g /var/run/docker.sock) ...");
        assertThat(fix(SocketVerdict.ABSENT, nothing("/var/run/docker.sock"), in(ContainerRuntime.KUBERNETES, false))
                        .lines())
                .contains("        type: Socket");
    }

    @Test
    void aSocketThatWasMadeAnewNeedsTheContainerStartedAnew() {
        PathFacts stale = new PathFacts(
                "/var/run/docker.sock",
                null,
                PathKind.SOCKET,
                0L,
                "root",
                998L,
                "docker",
                "660",
                List.of(),
                1L,
                2L,
                3L,
                false,
                true);

        assertThat(fix(SocketVerdict.NOT_LISTENING, stale, in(ContainerRuntime.DOCKER, false))
                        .lines())
                .containsExactly("docker restart " + ID);
    }

    @Test
    void wordsThatAShellWouldTakeApartAreQuoted() {
        PathFacts odd = socket("/srv/it's $(reboot)/docker.sock", 0, "root", 998, "docker", "600");

        assertThat(fix(SocketVerdict.DENIED, odd, machine(null)).lines())
                .containsExactly("sudo chmod 660 '/srv/it'\\''s $(reboot)/docker.sock'");
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketVerdict.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"USABLE", "USABLE_REMOTE"})
    void everyVerdictHasAFix(SocketVerdict verdict) {
        assertThat(fix(verdict, docker(), machine(null)).title()).isNotEmpty();
        assertThat(fix(verdict, docker(), in(ContainerRuntime.DOCKER, false)).title())
                .isNotEmpty();
    }
}
