package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.file.TargetPlace;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon can send: an honest one, and one that wants to write elsewhere. */
class LocalTargetTest {

    private static final int DIRECTORY = 1 << 31;
    private static final int SYMLINK = 1 << 27;
    private static final int DEVICE = 1 << 26;

    @TempDir
    private Path workspace;

    private final List<EngineEvent> events = new ArrayList<>();
    private Path dest;
    private Path outside;
    private LocalTarget target;
    private Daemon daemon;

    /** The daemon's side of one stream. */
    private static final class Daemon implements StreamObserver<byte[]> {

        private final List<Packet> answers = new ArrayList<>();
        private final StreamObserver<byte[]> client;
        private boolean completed;
        private Status refused;

        Daemon(LocalTarget target) {
            client = target.receive(this);
        }

        @Override
        public void onNext(byte[] answer) {
            try {
                answers.add(Packet.parseFrom(answer));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onError(Throwable cause) {
            refused = Status.fromThrowable(cause);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }

        Daemon tell(String path, int mode, String link) {
            return send(Packet.newBuilder()
                    .setStat(Stat.newBuilder().setPath(path).setMode(mode).setLinkname(link)));
        }

        Daemon data(int id, String text) {
            return send(Packet.newBuilder()
                    .setType(Packet.PacketType.PACKET_DATA)
                    .setID(id)
                    .setData(ByteString.copyFromUtf8(text)));
        }

        Daemon end() {
            return send(Packet.newBuilder());
        }

        Daemon fin() {
            return send(Packet.newBuilder().setType(Packet.PacketType.PACKET_FIN));
        }

        private Daemon send(Packet.Builder packet) {
            client.onNext(packet.build().toByteArray());
            return this;
        }
    }

    @BeforeEach
    void setUp() throws Exception {
        dest = Files.createDirectory(workspace.toRealPath().resolve("out"));
        outside = Files.createDirectory(workspace.toRealPath().resolve("outside"));
        target = new LocalTarget(TargetPlace.of(Exports.TROUBLE, "out", workspace.toString()), events::add);
        target.begin();
        daemon = new Daemon(target);
    }

    private void assertRefused(String words) throws Exception {
        assertThat(daemon.refused).isNotNull();
        assertThat(target.failure())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not write the output " + dest)
                .hasMessageContaining(words);
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void takesPiecesOfSeveralFilesMixed() throws Exception {
        daemon.tell("a", 0644, "").tell("b", 0600, "").tell("d", DIRECTORY | 0555, "");
        daemon.tell("d/c", 0400, "").data(1, "b1").data(0, "a1").data(1, "b2").data(3, "");
        daemon.data(0, "").tell("e", 0644, "a").end().data(1, "");

        assertThat(daemon.answers)
                .extracting(Packet::getType)
                .containsExactly(
                        Packet.PacketType.PACKET_REQ,
                        Packet.PacketType.PACKET_REQ,
                        Packet.PacketType.PACKET_REQ,
                        Packet.PacketType.PACKET_FIN);
        daemon.fin();
        assertThat(daemon.completed).isTrue();
        assertThat(target.keep()).isEqualTo(dest.toString());
        assertThat(dest.resolve("a")).hasContent("a1");
        assertThat(dest.resolve("b")).hasContent("b1b2");
        assertThat(dest.resolve("d/c")).isEmptyFile();
        assertThat(dest.resolve("e")).hasContent("a1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dest.resolve("d"))))
                .isEqualTo("r-xr-xr-x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/x", "/outside/x", "a/../../outside/x", "", ".", "..", "a//b", "a/./b", "a/"})
    void refusesNamesThatLeadOutside(String name) throws Exception {
        Files.createDirectory(dest.resolve("a"));

        daemon.tell(name, 0644, "").data(0, "x").data(0, "");

        assertRefused("no path inside of it");
    }

    @Test
    void aLinkThatItSentItselfIsNoDirectory() throws Exception {
        daemon.tell("link", SYMLINK | 0777, outside.toString())
                .tell("link/x", 0644, "")
                .data(1, "x");

        assertRefused("without the directory that it is in");
    }

    @Test
    void aLinkThatWasThereIsNoDirectory() throws Exception {
        Files.createSymbolicLink(dest.resolve("link"), outside);

        daemon.tell("link/x", 0644, "").data(0, "x");

        assertRefused("without the directory that it is in");
    }

    @Test
    void aDirectoryThatBecomesALinkOnTheWayIsNoticed() throws Exception {
        daemon.tell("d", DIRECTORY | 0755, "");
        daemon.tell("d", SYMLINK | 0777, outside.toString());
        daemon.tell("d/x", 0644, "").data(2, "x");

        assertRefused("without the directory that it is in");
    }

    @Test
    void permissionsDoNotReachThroughALink() throws Exception {
        Path victim = Files.writeString(workspace.resolve("victim"), "secret");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));

        daemon.tell("f", 0777, "")
                .data(0, "x")
                .tell("f", SYMLINK | 0777, victim.toString())
                .data(0, "");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rw-------");
        assertThat(victim).hasContent("secret");
    }

    @Test
    void aHardLinkLeadsToNothingElse() throws Exception {
        Path victim = Files.writeString(outside.resolveSibling("victim"), "secret");
        Files.createSymbolicLink(dest.resolve("to-victim"), victim);

        daemon.tell("h", 0644, "../victim").end();
        assertRefused("no path inside of it");

        target.begin();
        daemon = new Daemon(target);
        daemon.tell("h", 0644, "to-victim").end();
        assertRefused("which is no file");
    }

    @Test
    void contentsThatNobodyAskedForAreRefused() throws Exception {
        daemon.tell("d", DIRECTORY | 0755, "").data(0, "x");

        assertRefused("nobody asked for");
    }

    @Test
    void anEndBeforeTheEndIsNoSuccess() throws Exception {
        daemon.tell("f", 0644, "").data(0, "half");
        assertThat(dest.resolve("f")).hasContent("half");

        daemon.fin();

        assertRefused("before it had sent all of it");
        assertThat(dest.resolve("f")).doesNotExist();
        assertThatThrownBy(target::keep).hasMessageContaining("without having sent all of it");
    }

    @Test
    void nothingIsKeptOfAFileThatWasUnderWayWhenItWasGivenUp() throws Exception {
        daemon.tell("f", 0644, "").data(0, "half");

        target.discard();
        daemon.data(0, "the other half");

        assertThat(dest.resolve("f")).doesNotExist();
    }

    @Test
    void saysWhatTheDaemonSaid() throws Exception {
        daemon.send(Packet.newBuilder()
                .setType(Packet.PacketType.PACKET_ERR)
                .setData(ByteString.copyFromUtf8("disk on fire")));

        assertRefused("disk on fire");
    }

    @Test
    void leavesOutDevices() throws Exception {
        daemon.tell("null", DEVICE | 0666, "")
                .tell("x", 0644, "")
                .data(1, "")
                .end()
                .fin();

        assertThat(daemon.completed).isTrue();
        assertThat(events).singleElement().asString().contains("'null'").contains("device");
        assertThat(Files.exists(dest.resolve("null"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }
}
