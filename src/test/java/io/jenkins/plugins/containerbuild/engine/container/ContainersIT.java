package io.jenkins.plugins.containerbuild.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.HostPaths.Place;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerFacts;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerRuntime;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers are started, waited for, used and removed. */
class ContainersIT {

    @TempDir
    private Path workspace;

    private final Maker maker = new Maker("controller-" + UUID.randomUUID(), "team/app", "team/app#7", "node", "db");

    @BeforeEach
    void letContainersRead() throws Exception {
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ContainerRequest request(String... command) {
        return ContainerRequest.of(ContainerImage.of(ImageSelector.parse(TestEngine.BASE_IMAGE)), maker)
                .withProcess(ContainerProcess.of(command));
    }

    private ContainerRequest shell(String line) {
        return request("sh", "-c", line);
    }

    private void assertNothingLeft(EngineUnderTest under) throws Exception {
        assertThat(under.engine().containers().ownedBy(maker.controller())).isEmpty();
        assertThat(under.engine().networks().ownedBy(maker.controller())).isEmpty();
    }

    @Test
    @WithEngine
    void aContainerIsReadyWhenItsPortIsOpen(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerDetails container = under.engine()
                    .containers()
                    .start(
                            shell("sleep 2; exec nc -ll -p 5432 -e echo hello")
                                    .withNetworking(ContainerNetworking.publishing(PublishedPort.parse("5432"))),
                            Readiness.parse("port:5432", Duration.ofSeconds(30)));

            assertThat(container.isRunning()).isTrue();
            assertThat(container.port(80)).isEmpty();
            assertThat(container.ports()).extracting(PublishedPort::address).containsExactly(PublishedPort.LOOPBACK);
            try (Socket socket =
                            new Socket(container.host(), container.port(5432).orElseThrow());
                    BufferedReader reader = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(reader.readLine()).isEqualTo("hello");
            }
            under.engine().containers().remove(container.id());
            assertNothingLeft(under);
        }
    }

    @TestOnEveryEngine
    void aContainerIsReadyWhenItHasPrintedALine(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerDetails container = under.engine()
                    .containers()
                    .start(
                            shell("sleep 1; echo now-$((40+2)) ready; sleep 300"),
                            Readiness.parse("log:now-42 read.", Duration.ofSeconds(30)));

            assertThat(container.isRunning()).isTrue();
            assertThat(container.ownership().orElseThrow().maker()).isEqualTo(maker);
            assertThat(container.ownership().orElseThrow().scope()).isEqualTo(Scope.BUILD);
            assertThat(under.engine().containers().logs(container.id(), 0)).isEqualTo("now-42 ready\n");
            under.engine().containers().remove(container.name());
            under.engine().containers().remove(container.name());
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void aContainerIsReadyWhenItIsHealthy(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerDetails container = under.engine()
                    .containers()
                    .start(
                            shell("sleep 1; touch /healthy; sleep 300")
                                    .withHealth(HealthOptions.of(
                                            Map.of("cmd", "test -e /healthy", "interval", "500ms", "retries", "20"))),
                            Readiness.parse("healthy", Duration.ofSeconds(40)));

            assertThat(container.health()).isEqualTo("healthy");
            under.engine().containers().remove(container.id());
            assertNothingLeft(under);
        }
    }

    @TestOnEveryEngine
    void whatEndsAtOnceIsNotStartedAndLeavesItsLastLines(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .start(shell("echo out; echo no such table >&2; exit 3"), waitingForALine()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("no such table");
            assertNothingLeft(under);
        }
    }

    private static Readiness waitingForALine() throws Exception {
        return Readiness.parse("log:never", Duration.ofSeconds(20));
    }

    @Test
    @WithEngine
    void whatNeverBecomesHealthyIsRemovedAndSaysWhy(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .start(
                                    shell("echo starting; sleep 300")
                                            .withHealth(HealthOptions.of(Map.of(
                                                    "cmd", "echo cannot reach it; exit 1", "interval", "300ms"))),
                                    Readiness.parse("healthy", Duration.ofSeconds(8))))
                    .hasMessageContaining("not healthy")
                    .hasMessageContaining("within 8.0 seconds")
                    .hasMessageContaining("exit code 1: cannot reach it")
                    .hasMessageContaining("starting");
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void withoutAHealthCheckNobodyWaitsForOne(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .start(shell("sleep 300"), Readiness.parse("healthy", Duration.ofMinutes(5))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has a health check")
                    .hasMessageContaining("health: [cmd:");
            assertNothingLeft(under);
        }
    }

    @TestOnEveryEngine
    void aCommandRunsToItsEnd(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            RunResult result =
                    under.engine().containers().run(RunRequest.of(shell("echo to out; echo to err >&2; printf end")));

            assertThat(result.exitCode()).isZero();
            assertThat(result.output()).isEqualTo("to out\nend");
            assertThat(result.truncated()).isFalse();
            assertThat(under.log()).contains("to out", "to err", "end");
            assertThatThrownBy(() -> under.engine().containers().run(RunRequest.of(shell("echo why; exit 7"))))
                    .hasMessageContaining("exit code 7");
            RunRequest allowed = RunRequest.of(shell("exit 7"));
            assertThat(under.engine()
                            .containers()
                            .run(new RunRequest(allowed.container(), null, null, null, true, false))
                            .exitCode())
                    .isEqualTo(7);
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void aCommandsOutputGoesIntoAFileOfTheWorkspace(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            RunRequest request = new RunRequest(
                    shell("seq 1 300000; echo to err >&2"), null, "out/numbers.txt", workspace.toString(), false, true);

            RunResult result = under.engine().containers().run(request);

            assertThat(result.output()).isEmpty();
            assertThat(Files.readAllLines(workspace.resolve("out/numbers.txt")))
                    .hasSize(300_000)
                    .endsWith("300000");
            assertThat(under.log()).doesNotContain("299999", "to err");
            assertThat(Files.list(workspace.resolve("out"))).hasSize(1);
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .run(new RunRequest(shell("true"), null, "../out.txt", workspace.toString(), false, false)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("outside the workspace");
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void longOutputIsCutAndSaysSo(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            RunResult result = under.engine()
                    .containers()
                    .run(new RunRequest(shell("yes 0123456789 | head -n 200000"), null, null, null, false, true));

            assertThat(result.output()).hasSize(CapturedText.LIMIT);
            assertThat(result.truncated()).isTrue();
        }
    }

    @Test
    @WithEngine
    void aCommandThatTakesTooLongIsEnded(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            RunRequest request =
                    new RunRequest(shell("echo begun; sleep 300"), Duration.ofSeconds(2), null, null, false, false);

            assertThatThrownBy(() -> under.engine().containers().run(request))
                    .hasMessageContaining("did not end within 2.0 seconds");

            assertThat(under.log()).contains("begun");
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void whoeverIsInterruptedLeavesNoContainer(TestEngine daemon) throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (EngineUnderTest under = EngineUnderTest.on(daemon);
                EngineUnderTest first = EngineUnderTest.on(daemon);
                EngineUnderTest second = EngineUnderTest.on(daemon)) {
            for (Callable<?> call : List.<Callable<?>>of(
                    () -> first.engine().containers().run(RunRequest.of(shell("echo begun; sleep 300"))),
                    () -> second.engine()
                            .containers()
                            .start(shell("sleep 300"), Readiness.parse("log:never", Duration.ofMinutes(5))))) {
                Future<?> running = caller.submit(call);
                while (under.engine().containers().ownedBy(maker.controller()).stream()
                        .noneMatch(ContainerDetails::isRunning)) {
                    assertThat(running.isDone()).isFalse();
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                Instant interrupted = Instant.now();

                caller.shutdownNow();

                assertThat(caller.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
                assertThat(Duration.between(interrupted, Instant.now())).isLessThan(Duration.ofSeconds(5));
                assertNothingLeft(under);
                caller = Executors.newSingleThreadExecutor();
            }
        } finally {
            caller.shutdownNow();
        }
    }

    @TestOnEveryEngine
    void commandsRunInARunningContainer(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String id = under.engine()
                    .containers()
                    .start(shell("sleep 300"), Readiness.RUNNING)
                    .id();
            ExecRequest show = new ExecRequest(
                    id,
                    List.of("sh", "-c", "echo $WHO at $(pwd) as $(id -u); echo oops >&2"),
                    Map.of("WHO", "me"),
                    "1234:1234",
                    "/tmp",
                    null,
                    false,
                    false);

            RunResult result = under.engine().containers().exec(show);

            assertThat(result.output()).isEqualTo("me at /tmp as 1234\n");
            assertThat(under.log()).contains("me at /tmp", "oops");
            assertThatThrownBy(() -> under.engine().containers().exec(ExecRequest.of(id, "sh", "-c", "exit 4")))
                    .hasMessageContaining("exit code 4");
            under.engine().containers().remove(id);
            assertThatThrownBy(() -> under.engine().containers().exec(ExecRequest.of(id, "true")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has no container " + id);
            assertThatThrownBy(() -> under.engine().containers().exec(ExecRequest.of(id)))
                    .hasMessageContaining("the command is empty");
        }
    }

    @TestOnEveryEngine
    void volumesAreMounted(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String volume = "cb-test-" + UUID.randomUUID();
            ContainerFiles named = ContainerFiles.of(null, List.of(VolumeSpec.parse(volume + ":/named")));
            ContainerRequest request = shell(
                            "echo text > /named/file; touch /anonymous/x /memory/x; mount | grep -c ' /memory '")
                    .withFiles(ContainerFiles.of(
                            null,
                            List.of(
                                    VolumeSpec.parse(volume + ":/named"),
                                    VolumeSpec.parse("/anonymous"),
                                    VolumeSpec.parse("type=tmpfs,target=/memory"))));

            RunResult result = under.engine().containers().run(RunRequest.of(request));
            RunResult again = under.engine()
                    .containers()
                    .run(RunRequest.of(shell("cat /named/file").withFiles(named)));

            assertThat(result.output()).isEqualTo("1\n");
            assertThat(again.output()).isEqualTo("text\n");
            VolumeDetails made = under.engine().volumes().inspect(volume);
            if (daemon.kind() == EngineKind.PODMAN_5) {
                assertThat(made.ownership()).isEmpty(); // it takes no labels along with a container
            } else {
                assertThat(made.ownership().orElseThrow().maker()).isEqualTo(maker);
                assertThat(made.ownership().orElseThrow().scope()).isEqualTo(Scope.PERMANENT);
            }
            daemon.client().removeVolumeCmd(volume).exec();
            assertNothingLeft(under);
        }
    }

    @TestOnEveryEngine
    void aPartOfAVolumeIsMountedWhereTheEngineCan(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String volume = "cb-test-" + UUID.randomUUID();
            under.engine()
                    .containers()
                    .run(RunRequest.of(shell("mkdir -p /v/a/b /v/c; echo part > /v/a/b/file")
                            .withFiles(ContainerFiles.of(null, List.of(VolumeSpec.parse(volume + ":/v"))))));
            RunRequest part = RunRequest.of(request()
                    .withProcess(new ContainerProcess(
                            null,
                            List.of("sh", "-c", "ls /part; cat /part/file; echo $FROM"),
                            Map.of("FROM", "the newer API"),
                            null,
                            null,
                            false))
                    .withFiles(ContainerFiles.of(
                            null,
                            List.of(VolumeSpec.parse(
                                    "type=volume,source=" + volume + ",target=/part,volume-subpath=a/b")))));

            if (daemon.kind() == EngineKind.INSTALLED || daemon.kind() == EngineKind.PODMAN_5) {
                assertThatThrownBy(() -> under.engine().containers().run(part))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("could not mount a/b of the volume " + volume + " at /part")
                        .hasMessageContaining("Docker Engine 26");
            } else {
                assertThat(under.engine().containers().run(part).output()).isEqualTo("file\npart\nthe newer API\n");
            }
            daemon.client().removeVolumeCmd(volume).exec();
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void theMountsOfTheAgentsOwnContainerSayWherePathsLie(TestEngine daemon, @TempDir Path outside) throws Exception {
        String volume = "cb-test-" + UUID.randomUUID();
        String agent = daemon.client()
                .createContainerCmd(TestEngine.BASE_IMAGE)
                .withHostConfig(HostConfig.newHostConfig()
                        .withMounts(List.of(
                                new Mount()
                                        .withType(MountType.BIND)
                                        .withSource(outside.toString())
                                        .withTarget("/agent"),
                                new Mount()
                                        .withType(MountType.VOLUME)
                                        .withSource(volume)
                                        .withTarget("/agent/workspace"),
                                new Mount().withType(MountType.TMPFS).withTarget("/agent/tmp"))))
                .exec()
                .getId();
        try (EngineConnection connection =
                EngineConnection.open(new EndpointRequest(daemon.uri().toString(), null, Map.of()), event -> {})) {
            ContainerFacts self =
                    new ContainerFacts(ContainerRuntime.DOCKER, agent, List.of(), 2, false, List.of(), null);

            HostPaths paths = HostPaths.of(self, new ContainerStore(connection));

            assertThat(paths.place("x", Path.of("/agent/caches/a"))).isEqualTo(new Place(null, outside + "/caches/a"));
            assertThat(paths.place("x", Path.of("/agent/workspace/app"))).isEqualTo(new Place(volume, "app"));
            assertThat(paths.place("x", Path.of("/agent/workspace"))).isEqualTo(new Place(volume, ""));
            assertThat(paths.translate("x", Path.of("/agent/workspace/app"))).endsWith("/" + volume + "/_data/app");
            for (String unseen : List.of("/agent/tmp/x", "/home/jenkins")) {
                assertThatThrownBy(() -> paths.place("could not mount it", Path.of(unseen)))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("(" + agent + "), and the daemon's host does not see " + unseen)
                        .hasMessageContaining("/agent/workspace")
                        .hasMessageContaining("CONTAINER_BUILD_HOST_PATHS");
            }
        }
        daemon.client().removeContainerCmd(agent).exec();
        daemon.client().removeVolumeCmd(volume).exec();
    }

    @Test
    @WithEngine
    void pathsOfTheWorkspaceAreMounted(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Files.writeString(workspace.resolve("input"), "from the workspace");
            ContainerRequest request = shell("cat /work/input; touch /made/x; touch /work/x || echo; echo read-only")
                    .withFiles(ContainerFiles.of(
                            workspace.toString(),
                            List.of(VolumeSpec.parse(".:/work:ro"), VolumeSpec.parse("./made/for/it:/made"))));

            RunResult result = under.engine().containers().run(RunRequest.of(request));

            assertThat(result.output()).isEqualTo("from the workspace\nread-only\n");
            assertThat(workspace.resolve("made/for/it/x")).exists();
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .run(RunRequest.of(shell("true")
                                    .withFiles(ContainerFiles.of(
                                            workspace.toString(),
                                            List.of(VolumeSpec.parse("type=bind,source=./none,target=/none")))))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("there is no " + workspace.resolve("none"));
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void hostPathsOutsideTheWorkspaceAreRefused(TestEngine daemon, @TempDir Path elsewhere) throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), elsewhere);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            for (String volume : List.of("../..:/out", "/etc:/out", "./link:/out")) {
                assertThatThrownBy(() -> under.engine()
                                .containers()
                                .run(RunRequest.of(shell("true")
                                        .withFiles(ContainerFiles.of(
                                                workspace.toString(), List.of(VolumeSpec.parse(volume)))))))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("outside the workspace");
            }
            assertNothingLeft(under);
        }
    }

    private ContainerDetails workroom(EngineUnderTest under, ContainerRequest request) throws Exception {
        return under.engine()
                .containers()
                .startWorkroom(
                        request.withFiles(ContainerFiles.of(workspace.toString(), List.of())),
                        List.of(workspace.toString()),
                        new Account("jenkins", 4321, 5432, "/home/jenkins"));
    }

    @Test
    @WithEngine
    void aWorkroomKnowsTheAgentsAccountAndSharesTheWorkspace(TestEngine daemon) throws Exception {
        Files.setPosixFilePermissions(workspace, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerDetails room = workroom(under, request());

            RunResult result = under.engine()
                    .containers()
                    .exec(ExecRequest.of(
                            room.id(),
                            "sh",
                            "-c",
                            "whoami; id -g; pwd; echo $HOME; touch $HOME/x made; grep root /etc/passwd"));

            assertThat(result.output()).startsWith("jenkins\n5432\n" + workspace + "\n/home/jenkins\n");
            assertThat(Files.getAttribute(workspace.resolve("made"), "unix:uid"))
                    .isEqualTo(4321);
            under.engine().containers().remove(room.id());
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void aWorkroomChangesNoAccountsThatAreKeptElsewhere(TestEngine daemon) throws Exception {
        daemon.commitImage(
                "mkdir -p /etc /run/accounts; echo 'root:x:0:0::/:/bin/sh' >/run/accounts/passwd;"
                        + " ln -sf /run/accounts/passwd /etc/passwd",
                "accounts-elsewhere",
                "1",
                "sh");
        ContainerImage image = ContainerImage.of(ImageSelector.parse("accounts-elsewhere:1"));
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerDetails room = workroom(under, ContainerRequest.of(image, maker));

            RunResult result = under.engine()
                    .containers()
                    .exec(ExecRequest.of(
                            room.id(), "sh", "-c", "readlink /etc/passwd; cat /etc/passwd; grep jenkins /etc/group"));

            assertThat(result.output()).isEqualTo("/run/accounts/passwd\nroot:x:0:0::/:/bin/sh\njenkins:x:5432:\n");
            under.engine().containers().remove(room.id());
            assertNothingLeft(under);
        }
    }

    /** The agent's home is none of its own. */
    @Test
    @WithEngine
    void anotherUserOfAWorkroomHasAnotherHome(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            ContainerProcess process = new ContainerProcess(null, List.of(), Map.of(), "1234:1234", null, false);
            ContainerDetails room = workroom(under, request().withProcess(process));

            RunResult result =
                    under.engine().containers().exec(ExecRequest.of(room.id(), "sh", "-c", "id -u; echo $HOME"));

            assertThat(result.output()).isEqualTo("1234\n/\n");
            under.engine().containers().remove(room.id());
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void containersOfANetworkFindEachOther(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            NetworkDetails network = under.engine().networks().create(NetworkRequest.of(maker));
            under.engine()
                    .containers()
                    .start(
                            shell("exec nc -ll -p 7000 -e echo pong")
                                    .withName("by-name")
                                    .withNetworking(ContainerNetworking.in(network.name(), "db", "database")),
                            Readiness.parse("port:7000", Duration.ofSeconds(20)));

            RunResult result = under.engine()
                    .containers()
                    .run(RunRequest.of(shell(
                                    "for n in db database by-name; do until nc $n 7000 </dev/null; do sleep 0.1; done; done")
                            .withNetworking(ContainerNetworking.in(network.name()))));

            assertThat(result.output()).isEqualTo("pong\npong\npong\n");
            assertThat(under.engine().networks().inspect(network.name()).containers())
                    .hasSize(1);
            assertThatThrownBy(() -> under.engine()
                            .networks()
                            .create(new NetworkRequest(network.name(), null, false, Map.of(), maker, Scope.BUILD)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has a network of this name already");
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .start(shell("sleep 300").withName("by-name"), Readiness.RUNNING))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has a container of this name already");
            under.engine().networks().remove(network.id());
            under.engine().networks().remove(network.id());
            under.engine().containers().remove("by-name");
            assertNothingLeft(under);
        }
    }

    /** What that means is the daemon's business. */
    @Test
    @WithEngine
    void aNetworkIsInternalWhereThatIsAskedFor(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            for (boolean internal : new boolean[] {true, false}) {
                NetworkDetails network = under.engine()
                        .networks()
                        .create(new NetworkRequest(null, null, internal, Map.of(), maker, Scope.BUILD));

                assertThat(daemon.client()
                                .inspectNetworkCmd()
                                .withNetworkId(network.id())
                                .exec()
                                .getInternal())
                        .isEqualTo(internal);
                under.engine().networks().remove(network.id());
            }
        }
    }

    @Test
    @WithEngine
    void badInputIsToldInOneSentence(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertRefused(under, shell("true").withName("a b"), "as a container's name");
            assertRefused(
                    under,
                    ContainerRequest.of(
                            new ContainerImage(ImageSelector.parse("team/missing:1"), PullPolicy.NEVER, null), maker),
                    "has no such image");
            assertRefused(under, request("no-such-program"), "Check the command");
            assertRefused(
                    under,
                    shell("true").withNetworking(ContainerNetworking.in("no-such-network")),
                    "Create the network first");
            assertThatThrownBy(() -> under.engine()
                            .networks()
                            .create(new NetworkRequest("x", "no-such-driver", false, Map.of(), maker, Scope.BUILD)))
                    .hasMessageContaining("no-such-driver")
                    .hasMessageContaining("Use the driver bridge");
            ContainerDetails first = under.engine()
                    .containers()
                    .start(
                            shell("sleep 300")
                                    .withNetworking(ContainerNetworking.publishing(PublishedPort.parse("80"))),
                            Readiness.RUNNING);
            assertRefused(
                    under,
                    shell("sleep 300")
                            .withNetworking(ContainerNetworking.publishing(
                                    PublishedPort.parse(first.port(80).orElseThrow() + ":80"))),
                    "chooses a free one");
            under.engine().containers().remove(first.id());
            assertNothingLeft(under);
        }
    }

    private static void assertRefused(EngineUnderTest under, ContainerRequest request, String words) {
        assertThatThrownBy(() -> under.engine().containers().start(request, Readiness.RUNNING))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(words);
    }
}
