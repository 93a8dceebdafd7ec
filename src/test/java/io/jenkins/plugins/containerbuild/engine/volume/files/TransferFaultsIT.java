package io.jenkins.plugins.containerbuild.engine.volume.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.CopyPlace;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeKit;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.SmallDisk;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transfer that is interrupted, or whose daemon or disk gives out, ends in time and leaves no helper behind. */
class TransferFaultsIT {

    private static final Duration BEGIN = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private String volume = VolumeKit.newName();

    private static EngineUnderTest through(EngineGate gate) throws Exception {
        return EngineUnderTest.at(
                new EndpointRequest(gate.uri().toString(), null, Map.of()),
                Registries.none(),
                CredentialsSource.ANONYMOUS);
    }

    private void create(EngineUnderTest under) throws Exception {
        under.engine()
                .volumes()
                .ensure(VolumeRequest.of(volume, VolumeKit.MAKER).build());
    }

    /** A sparse file, whose sending would take longer than any test. */
    private void hugeFile() throws Exception {
        file(64L << 30);
    }

    private void file(long size) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(
                Files.createDirectory(folder.resolve("huge")).resolve("file").toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private TransferResult copy(EngineUnderTest under, String from, String to) throws Exception {
        return under.engine()
                .volumes()
                .copy(CopyRequest.of(
                        CopyPlace.parse("from", from), CopyPlace.parse("to", to), folder.toString(), VolumeKit.MAKER));
    }

    private void removeVolume(TestEngine daemon) {
        daemon.client().removeVolumeCmd(volume).exec();
    }

    @TestOnEveryEngine
    void anInterruptedCopyEnds(TestEngine daemon) throws Exception {
        hugeFile();
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = through(gate)) {
            create(under);
            gate.swallowAfter(10_000_000);
            BackgroundCall copy = new BackgroundCall(() -> copy(under, "huge", volume + ":/"));
            assertThat(gate.awaitSwallowing(BEGIN)).isTrue();

            copy.interrupt();

            copy.awaitInterruptedEnd(LIMIT);
            assertThat(VolumeKit.on(daemon).leftBehind()).isEmpty();
            removeVolume(daemon);
        }
    }

    @TestOnEveryEngine
    void anInterruptedArchiveLeavesNoFile(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = through(gate)) {
            create(under);
            kit.sh(volume, "0", "dd if=/dev/urandom of=/v/data bs=1024k count=30");
            gate.swallowAfter(5_000_000);
            BackgroundCall archive = new BackgroundCall(() -> under.engine()
                    .volumes()
                    .archive(new ArchiveRequest(volume, "out.tar.gz", workspace.toString(), VolumeKit.MAKER)));
            assertThat(gate.awaitSwallowing(BEGIN)).isTrue();

            archive.interrupt();

            archive.awaitInterruptedEnd(LIMIT);
            assertThat(kit.leftBehind()).isEmpty();
            assertThat(workspace).isEmptyDirectory();
            removeVolume(daemon);
        }
    }

    @Test
    @WithEngine
    void aLostConnectionIsSaidSo(TestEngine daemon) throws Exception {
        hugeFile();
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = through(gate)) {
            create(under);
            gate.swallowAfter(10_000_000);
            BackgroundCall copy = new BackgroundCall(() -> copy(under, "huge", volume + ":/"));
            assertThat(gate.awaitSwallowing(BEGIN)).isTrue();

            gate.cut();

            assertThat(copy.awaitFailure(LIMIT))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("lost the connection to the Docker Engine at " + gate.uri());
            assertThat(VolumeKit.on(daemon).leftBehind()).isEmpty();
            removeVolume(daemon);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineKind.class,
            names = {"INSTALLED", "PODMAN_5"})
    void aDaemonThatEndsIsSaidSo(EngineKind kind) throws Exception {
        hugeFile();
        try (TestEngine daemon = TestEngine.start(kind);
                EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest under = through(gate)) {
            create(under);
            gate.swallowAfter(10_000_000);
            BackgroundCall copy = new BackgroundCall(() -> copy(under, "huge", volume + ":/"));
            assertThat(gate.awaitSwallowing(BEGIN)).isTrue();

            daemon.stop();
            gate.close();

            assertThat(copy.awaitFailure(Duration.ofSeconds(10)))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("lost the connection to the");
            assertThat(under.log()).contains("WARNING: Could not remove the helper container container-build-helper-");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineKind.class,
            names = {"INSTALLED", "ENGINE_26", "PODMAN_5"})
    void aFullDiskOfTheDaemonIsSaidSo(EngineKind kind) throws Exception {
        // Docker 20.10 reads all of it before it says so.
        file(1L << 30);
        try (TestEngine daemon = TestEngine.startWithDisk(kind, 64);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            create(under);

            assertThatThrownBy(() -> copy(under, "huge", volume + ":/"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not copy huge to " + volume + ":/")
                    .hasMessageContaining("no space left on device")
                    .hasMessageContaining("Free space on the disk of the daemon's host");

            if (kind == EngineKind.PODMAN_5) {
                // Its database is on the same disk, and it cannot remove anything until there is room again.
                assertThat(under.log()).contains("WARNING: Could not remove the helper container");
            } else {
                assertThat(VolumeKit.on(daemon).leftBehind()).isEmpty();
            }
        }
    }

    @Test
    @WithEngine
    void aFullDiskHereIsSaidSo(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        Path disk = SmallDisk.mount(folder.resolve("disk"));
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            create(under);
            kit.sh(volume, "0", "dd if=/dev/urandom of=/v/data bs=1024k count=3");

            assertThatThrownBy(() -> copy(under, volume + ":/", "disk/out"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not write the copy")
                    .hasMessageContaining("The disk of the machine that runs the build is full");
            assertThatThrownBy(() -> under.engine()
                            .volumes()
                            .archive(new ArchiveRequest(volume, "disk/out.tar.gz", folder.toString(), VolumeKit.MAKER)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not write the archive")
                    .hasMessageContaining("The disk of the machine that runs the build is full");

            assertThat(disk.resolve("out")).isEmptyDirectory();
            assertThat(disk).isDirectoryNotContaining("glob:**.unfinished");
            assertThat(kit.leftBehind()).isEmpty();
            removeVolume(daemon);
        } finally {
            SmallDisk.unmount(disk);
        }
    }
}
