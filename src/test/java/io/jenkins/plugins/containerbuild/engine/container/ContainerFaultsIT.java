package io.jenkins.plugins.containerbuild.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.SmallDisk;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import io.jenkins.plugins.containerbuild.testkit.WithRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong around a container is said in one sentence, and leaves nothing. */
class ContainerFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Maker maker = new Maker("controller-" + UUID.randomUUID(), "team/app", "team/app#7", "node", "db");

    private ContainerRequest shell(String line) {
        return of(TestEngine.BASE_IMAGE).withProcess(ContainerProcess.of("sh", "-c", line));
    }

    private ContainerRequest of(String image) {
        return ContainerRequest.of(ContainerImage.of(ImageSelector.parse(image)), maker);
    }

    private void assertNothingLeft(EngineUnderTest under) throws Exception {
        assertThat(under.engine().containers().ownedBy(maker.controller())).isEmpty();
        assertThat(under.engine().networks().ownedBy(maker.controller())).isEmpty();
    }

    @Test
    void aFullDiskOfTheDaemonIsSaidSo() throws Exception {
        try (TestEngine daemon = TestEngine.startWithDisk(EngineKind.INSTALLED, 64);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine()
                    .containers()
                    .run(RunRequest.of(shell("cat /dev/zero > /v/large; cat /dev/zero > /v/rest; true")
                            .withFiles(ContainerFiles.of(null, List.of(VolumeSpec.parse("filling:/v"))))));

            // The programs of the image are copied into a fresh volume.
            ContainerRequest request =
                    shell("true").withFiles(ContainerFiles.of(null, List.of(VolumeSpec.parse("/bin"))));
            assertThatThrownBy(() -> under.engine().containers().run(RunRequest.of(request)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no space left on device")
                    .hasMessageContaining("Free space on the disk of the daemon's host");

            assertNothingLeft(under);
            daemon.client().removeVolumeCmd("filling").exec();
            assertThat(under.engine()
                            .containers()
                            .run(RunRequest.of(shell("true")))
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    @WithEngine
    void aFullDiskHereIsSaidSo(TestEngine daemon) throws Exception {
        Path disk = SmallDisk.mount(folder.resolve("disk"));
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            RunRequest request =
                    new RunRequest(shell("yes | head -c 3000000"), null, "disk/out", folder.toString(), false, true);

            assertThatThrownBy(() -> under.engine().containers().run(request))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not write the output")
                    .hasMessageContaining("The disk of the machine that runs the build is full");

            assertThat(disk).isEmptyDirectory();
            assertNothingLeft(under);
        } finally {
            SmallDisk.unmount(disk);
        }
    }

    @Test
    @WithEngine
    void aPortThatAnotherProgramHasIsSaidSo(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ContainerRequest request = shell("sleep 300")
                    .withNetworking(
                            ContainerNetworking.publishing(PublishedPort.parse(taken.getLocalPort() + ":5432")));

            assertThatThrownBy(() -> under.engine().containers().start(request, Readiness.RUNNING))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("chooses a free one");
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void anImageThatNobodyHasIsNamed(TestEngine daemon, @WithRegistry TestRegistry registry) throws Exception {
        String image = registry.address() + "/team/missing:1";
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine().containers().start(of(image), Readiness.RUNNING))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not pull " + image);
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void namesThatMeanNothingAreRefused(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .networks()
                            .create(new NetworkRequest("a b", null, false, Map.of(), maker, Scope.BUILD)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not use 'a b' as a network's name");
            assertThatThrownBy(() -> under.engine()
                            .containers()
                            .start(
                                    shell("true")
                                            .withNetworking(new ContainerNetworking(
                                                    List.of(), List.of("db"), List.of(), List.of())),
                                    Readiness.RUNNING))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the aliases db: it is in no network");
            assertNothingLeft(under);
        }
    }

    @Test
    @WithEngine
    void whatALostDaemonKeepsIsToldAndReapedLater(TestEngine daemon) throws Exception {
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest lost = EngineUnderTest.at(
                        new EndpointRequest(gate.uri().toString(), null, Map.of()),
                        Registries.none(),
                        CredentialsSource.ANONYMOUS);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            BackgroundCall run = new BackgroundCall(
                    () -> lost.engine().containers().run(RunRequest.of(shell("echo begun; sleep 300"))));
            run.awaitProgress(LIMIT, () -> lost.log().contains("begun"));

            gate.close();

            assertThat(run.awaitFailure(LIMIT))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("lost the connection to the Docker Engine at " + gate.uri());
            assertThat(lost.log()).contains("WARNING: Could not remove the container container-build-");
            assertThat(under.engine().containers().ownedBy(maker.controller())).hasSize(1);
            under.engine().cleanup().reap(ReapRequest.ofBuilds(maker.controller(), Set.of(maker.build())));
            assertNothingLeft(under);
        }
    }
}
