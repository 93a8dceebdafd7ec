package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet.PacketType;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import io.jenkins.plugins.containerbuild.engine.build.context.BuildContext;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextReadException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.ContextSent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSyncServiceTest {

    private static final int GO_DIRECTORY = 1 << 31;
    private static final int GO_SYMLINK = 1 << 27;
    private static final int GO_SET_UID = 1 << 23;
    private static final int GO_SET_GID = 1 << 22;
    private static final int GO_STICKY = 1 << 20;

    @TempDir
    Path directory;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
    private FileSyncService service;
    private FakeDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        file("Dockerfile", "FROM scratch");
        BuildContext context = BuildContext.open(directory, null, null);
        service = new FileSyncService(
                Map.of(
                        "context", new SyncDirectory("here", context::files),
                        "dockerfile", new SyncDirectory("here too", context::dockerfileFiles)),
                workers,
                events::add);
        daemon = new FakeDaemon(service);
    }

    /** Whatever happened, no worker may be left. */
    @AfterEach
    void stop() throws Exception {
        daemon.close();
        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void announcesInTheDaemonsOrder() throws Exception {
        file("a/x", "");
        file("a-b", "");
        file("a.b/x", "");
        file("\u00e4", "");

        assertThat(daemon.sync("dir-name", "context").paths())
                .containsExactly("Dockerfile", "a", "a/x", "a-b", "a.b", "a.b/x", "\u00e4");
    }

    @Test
    void describesFilesAsGoDoes() throws Exception {
        Instant modified = Instant.parse("2020-02-03T04:05:06.123456789Z");
        Path file = file("file", "12345");
        Files.setAttribute(file, "unix:mode", 06751);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        Path sub = Files.createDirectory(directory.resolve("sub"));
        Files.setAttribute(sub, "unix:mode", 01770);
        Files.createSymbolicLink(directory.resolve("link"), Path.of("../\u00e4"));

        Map<String, Stat> stats = daemon.sync("dir-name", "context").stats();

        assertThat(stats.get("file"))
                .isEqualTo(Stat.newBuilder()
                        .setPath("file")
                        .setMode(GO_SET_UID | GO_SET_GID | 0751)
                        .setSize(5)
                        .setModTime(modified.getEpochSecond() * 1_000_000_000L + modified.getNano())
                        .build());
        assertThat(stats.get("sub").getMode()).isEqualTo(GO_DIRECTORY | GO_STICKY | 0770);
        assertThat(stats.get("sub").getSize()).isZero();
        assertThat(stats.get("link").getMode() & ~0777).isEqualTo(GO_SYMLINK);
        assertThat(stats.get("link").getLinkname()).isEqualTo("../\u00e4");
        assertThat(stats.get("link").getSize()).isEqualTo(5);
    }

    /** Programs write them one after the other in the same moment, and daemons go by size and time. */
    @Test
    void tellsDockerfilesApartByTheirTexts() throws Exception {
        long one = timeOf("FROM one", 1_000_000);
        long two = timeOf("FROM two", 1_000_000);
        long again = timeOf("FROM one", 2_000_000);

        assertThat(two).isNotEqualTo(one);
        assertThat(again).isEqualTo(one);
    }

    private long timeOf(String dockerfile, long millis) throws Exception {
        Files.setLastModifiedTime(file("Dockerfile", dockerfile), FileTime.fromMillis(millis));
        return daemon.sync("dir-name", "dockerfile").stats().get("Dockerfile").getModTime();
    }

    @Test
    void sendsContentsInAnyOrderAndFinishes() throws Exception {
        file("a/b", "first");
        file("c", "second");
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile", "a", "a/b", "c");

        sync.request(3);
        assertThat(sync.content(3).toStringUtf8()).isEqualTo("second");
        sync.request(2);
        assertThat(sync.content(2).toStringUtf8()).isEqualTo("first");

        assertThat(sync.finish().getCode()).isEqualTo(Status.Code.OK);
        assertThat(service.failure()).isNull();
        assertThat(events)
                .containsExactly(new ContextSent(2, 11, true, List.of(new EngineEvent.DirectoryBytes("a", 5))));
    }

    @Test
    void sendsEmptyFiles() throws Exception {
        file("empty", "");
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context", "include-patterns", "empty");
        assertThat(sync.paths()).containsExactly("empty");

        sync.request(0);

        assertThat(sync.content(0)).isEmpty();
        assertThat(sync.finish().isOk()).isTrue();
    }

    @Test
    void sendsABigFileInPieces() throws Exception {
        long size = 48L << 20;
        try (RandomAccessFile big =
                new RandomAccessFile(directory.resolve("big").toFile(), "rw")) {
            big.setLength(size - 4);
            big.seek(size - 4);
            big.writeBytes("last");
        }
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile", "big");

        sync.request(1);
        long received = 0;
        ByteString end = ByteString.EMPTY;
        for (Packet packet = sync.data(1); !packet.getData().isEmpty(); packet = sync.data(1)) {
            assertThat(packet.getData().size()).isLessThanOrEqualTo(64 * 1024);
            received += packet.getData().size();
            end = packet.getData();
        }

        assertThat(received).isEqualTo(size);
        assertThat(end.substring(end.size() - 4).toStringUtf8()).isEqualTo("last");
        assertThat(sync.finish().isOk()).isTrue();
    }

    @Test
    void sendsTwentyThousandFiles() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            file("many/" + i % 100 + "/file" + i, "content " + i);
        }
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        List<String> paths = sync.paths();
        assertThat(paths).hasSize(20_102);

        int files = 0;
        for (int id = paths.size() - 1; id > 0; id--) {
            int number = paths.get(id).indexOf("file");
            if (number > 0) {
                sync.request(id);
                assertThat(sync.content(id).toStringUtf8())
                        .isEqualTo("content " + paths.get(id).substring(number + 4));
                files++;
            }
        }

        assertThat(files).isEqualTo(20_000);
        assertThat(sync.finish().isOk()).isTrue();
    }

    @Test
    void appliesThePatternsOfTheHeaders() throws Exception {
        file("keep/a", "");
        file("keep/b.tmp", "");
        file("other", "");
        file("real", "");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

        assertThat(daemon.sync(
                                "dir-name", "context",
                                "include-patterns", "keep",
                                "followpaths", "link",
                                "exclude-patterns", "**/*.tmp",
                                "exclude-patterns", "keep/a",
                                "exclude-patterns", "!keep/a")
                        .paths())
                .containsExactly("keep", "keep/a", "link", "real");
    }

    @Test
    void readsUmlautsOfOldAndNewDaemons() throws Exception {
        file("\u00e4 +b", "");
        file("other", "");

        assertThat(daemon.sync("dir-name", "context", "include-patterns", "\u00e4*")
                        .paths())
                .containsExactly("\u00e4 +b");
        assertThat(daemon.sync(
                                "dir-name", "context",
                                "include-patterns", "%C3%A4+%2Bb",
                                "include-patterns-encoded", "1")
                        .paths())
                .containsExactly("\u00e4 +b");
    }

    @Test
    void refusesABrokenEncoding() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context", "followpaths", "%zz", "followpaths-encoded", "1");

        assertThat(sync.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void refusesOtherDirectories() throws Exception {
        Status status = daemon.sync("dir-name", "/etc").status();

        assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status.getDescription()).contains("'/etc'");
        assertThat(daemon.sync().status().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void servesOfTheDockerfilesDirectoryNothingElse() throws Exception {
        file("secret", "");

        FakeDaemon.Sync sync = daemon.sync("dir-name", "dockerfile");
        assertThat(sync.paths()).containsExactly("Dockerfile");
        sync.request(0);

        assertThat(sync.content(0).toStringUtf8()).isEqualTo("FROM scratch");
        assertThat(sync.finish().isOk()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void doesNotCountTheQuestionForTheIgnoreFile() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context", "followpaths", ".dockerignore");

        assertThat(sync.paths()).isEmpty();
        assertThat(sync.finish().isOk()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void servesSeveralCallsAtOnce() throws Exception {
        List<FakeDaemon.Sync> syncs = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            syncs.add(daemon.sync("dir-name", "context"));
        }
        for (FakeDaemon.Sync sync : syncs) {
            assertThat(sync.paths()).containsExactly("Dockerfile");
        }
        assertThat(daemon.sync("dir-name", "context").status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        for (FakeDaemon.Sync sync : syncs) {
            assertThat(sync.finish().isOk()).isTrue();
        }
    }

    @Test
    void namesAFileThatVanished() throws Exception {
        Path file = file("gone", "12");
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile", "gone");
        Files.delete(file);

        sync.request(1);

        Packet packet = sync.next();
        assertThat(packet.getType()).isEqualTo(PacketType.PACKET_ERR);
        assertThat(packet.getData().toStringUtf8()).contains("'gone'").contains("vanished");
        assertThat(sync.status().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(service.failure()).isInstanceOf(ContextReadException.class).hasMessageContaining("'gone'");
    }

    @Test
    void namesABadPattern() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context", "followpaths", "[a");

        assertThat(sync.next().getData().toStringUtf8()).contains("[a");
        assertThat(service.failure()).isInstanceOf(ContextReadException.class);
    }

    @Test
    void refusesNumbersThatWereNotAnnounced() throws Exception {
        Files.createDirectory(directory.resolve("sub"));
        for (int id : new int[] {1, 2, Integer.MAX_VALUE, -1}) {
            FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
            assertThat(sync.paths()).containsExactly("Dockerfile", "sub");
            sync.request(id);

            Status status = sync.status();
            assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(status.getDescription()).contains(Integer.toUnsignedString(id));
        }
        assertThat(service.failure()).isNull();
    }

    @Test
    void refusesToSendAFileTwice() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile");
        sync.request(0);
        assertThat(sync.content(0)).isNotEmpty();

        sync.request(0);

        assertThat(sync.status().getDescription()).contains("asked for already");
    }

    @Test
    void endsWhenTheDaemonReportsAnError() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile");

        sync.report("no space left on device");

        assertThat(sync.status().getDescription()).contains("no space left on device");
        assertThat(service.failure()).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void endsWhenTheDaemonHangsUp() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile");

        sync.hangUp();

        assertThat(sync.status().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(service.failure()).isNull();
    }

    /** That the worker ends is seen when the test does. */
    @Test
    void stopsInTheMiddleOfAFileWhenCancelled() throws Exception {
        try (RandomAccessFile big =
                new RandomAccessFile(directory.resolve("big").toFile(), "rw")) {
            big.setLength(1L << 40);
        }
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).contains("big");
        sync.request(1);
        assertThat(sync.data(1).getData()).isNotEmpty();

        sync.cancel();

        workers.shutdown();
        assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(service.failure()).isNull();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");
        assertThat(sync.paths()).containsExactly("Dockerfile");

        workers.shutdownNow();

        assertThat(sync.status().getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(service.failure()).isNull();
        assertThat(daemon.sync("dir-name", "context").status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void sendsTheContentOfHardLinksOnce() throws Exception {
        Path first = file("one", "same");
        Files.createLink(directory.resolve("two"), first);
        FakeDaemon.Sync sync = daemon.sync("dir-name", "context");

        Map<String, Stat> stats = sync.stats();
        assertThat(stats.get("one").getLinkname()).isEmpty();
        assertThat(stats.get("two").getLinkname()).isEqualTo("one");
        assertThat(stats.get("two").getSize()).isZero();
        sync.request(1);
        assertThat(sync.content(1).toStringUtf8()).isEqualTo("same");
    }

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
