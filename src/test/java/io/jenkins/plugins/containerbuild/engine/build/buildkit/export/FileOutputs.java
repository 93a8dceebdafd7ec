package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import static io.jenkins.plugins.containerbuild.engine.EngineUnderTest.dockerfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.testkit.SmallDisk;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every BuildKit writes into the workspace; its subclasses name the daemons. */
abstract class FileOutputs {

    @TempDir
    Path workspace;

    Path context;

    @BeforeEach
    void setUp() throws Exception {
        context = Files.createDirectory(workspace.resolve("context"));
    }

    BuildRequest.Builder request(String... outputs) throws Exception {
        BuildRequest.Builder request = BuildRequest.of(context.toString()).root(workspace.toString());
        for (String output : outputs) {
            request.outputs(List.of(BuildOutput.parse(output)));
        }
        return request;
    }

    static BuildResult build(TestEngine daemon, BuildRequest.Builder request) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            return under.engine().build(request.build());
        }
    }

    @Test
    void writesFilesWithTheirModesAndTimes(TestEngine daemon) throws Exception {
        dockerfile(
                context,
                "FROM base:1",
                "RUN mkdir -p /out/d/empty && echo one > /out/d/one && ln /out/d/one /out/d/two"
                        + " && ln -s ../d/one /out/d/link && ln -s /etc/passwd /out/d/far && : > /out/none"
                        + " && chmod 750 /out/d && chmod 4640 /out/d/one && chmod 1777 /out/d/empty"
                        + " && touch -d '2020-02-03 04:05:06' /out/d/one /out/d/empty && ln -s x '/out/\u00e4 b'",
                "RUN touch -d '2021-01-01 00:00:00' /out/d");

        BuildResult result = build(daemon, request("type=local,dest=result"));

        Path out = workspace.resolve("result/out");
        Path one = out.resolve("d/one");
        assertThat(result.outputs())
                .containsExactly(workspace.toRealPath().resolve("result").toString());
        assertThat(result.imageId()).isNull();
        assertThat(result.digest()).isNull();
        assertThat(one).hasContent("one\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                .isEqualTo("rw-r-----");
        // What would let others run it as this user is left out.
        assertThat((int) Files.getAttribute(one, "unix:mode") & 07000).isZero();
        assertThat(Files.getLastModifiedTime(one)).isEqualTo(FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
        assertThat(Files.getAttribute(out.resolve("d/two"), "unix:ino")).isEqualTo(Files.getAttribute(one, "unix:ino"));
        assertThat(Files.readSymbolicLink(out.resolve("d/link"))).hasToString("../d/one");
        assertThat(Files.readSymbolicLink(out.resolve("d/far"))).hasToString("/etc/passwd");
        assertThat(out.resolve("none")).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("d"))))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(out.resolve("d")))
                .isEqualTo(FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
        assertThat(Files.getLastModifiedTime(out.resolve("d/empty")))
                .isEqualTo(FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
        assertThat(Files.readSymbolicLink(out.resolve("\u00e4 b"))).hasToString("x");
        assertThat(Files.getOwner(one, LinkOption.NOFOLLOW_LINKS)).isEqualTo(Files.getOwner(context));
    }

    @Test
    void addsToWhatIsThereAndReplacesLinksInsteadOfFollowingThem(TestEngine daemon) throws Exception {
        Path outside = Files.createDirectory(workspace.resolve("elsewhere"));
        Files.writeString(outside.resolve("file"), "untouched");
        Path dest = Files.createDirectories(workspace.resolve("result"));
        Files.writeString(dest.resolve("kept"), "kept");
        Files.writeString(dest.resolve("over"), "a longer text than the new one");
        Files.createSymbolicLink(dest.resolve("dir"), outside);
        Files.createSymbolicLink(dest.resolve("file"), outside.resolve("file"));
        Files.createDirectories(dest.resolve("was/full/of"));
        Files.createDirectory(context.resolve("dir"));
        Files.writeString(context.resolve("dir/file"), "new");
        Files.writeString(context.resolve("file"), "new");
        Files.writeString(context.resolve("over"), "new");
        Files.writeString(context.resolve("was"), "new");
        dockerfile(context, "FROM scratch", "COPY . /");

        build(daemon, request("result"));
        build(daemon, request("result"));

        assertThat(outside.resolve("file")).hasContent("untouched");
        assertThat(dest.resolve("kept")).hasContent("kept");
        for (String name : List.of("over", "file", "dir/file", "was")) {
            assertThat(dest.resolve(name)).hasContent("new");
        }
        assertThat(Files.isDirectory(dest.resolve("dir"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(Files.isRegularFile(dest.resolve("file"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void leavesOutWhatOnlyRootCanMakeAndSaysSo(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM base:1", "RUN mkfifo /a-pipe && mkdir /z && echo x > /z/file");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            under.engine().build(request("result").build());

            assertThat(under.events(EngineEvent.Warning.class))
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.text())
                            .contains("result")
                            .contains("'a-pipe'")
                            .contains("named pipe"));
        }
        assertThat(workspace.resolve("result/z/file")).exists();
        assertThat(workspace.resolve("result/a-pipe")).doesNotExist();
    }

    @Test
    void writesAnArchiveOfFiles(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM scratch", "COPY data /d/data");
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        Files.write(context.resolve("data"), data);

        BuildResult result = build(daemon, request("type=tar,dest=made/for/it/out.tar"));

        Path archive = workspace.toRealPath().resolve("made/for/it/out.tar");
        assertThat(result.outputs()).containsExactly(archive.toString());
        assertThat(entries(archive)).containsKey("d/data");
        assertThat(entries(archive).get("d/data")).isEqualTo(data);
        try (Stream<Path> files = Files.list(archive.getParent())) {
            assertThat(files).containsExactly(archive);
        }
    }

    static Map<String, byte[]> entries(Path archive) throws Exception {
        Map<String, byte[]> entries = new HashMap<>();
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    entries.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return entries;
    }

    @Test
    void replacesAnArchiveOnlyOnceTheBuildHasSucceeded(TestEngine daemon) throws Exception {
        Path archive = Files.writeString(workspace.resolve("out.tar"), "the last one");
        dockerfile(context, "FROM base:1", "RUN false");

        assertThatThrownBy(() -> build(daemon, request("type=tar,dest=out.tar")))
                .isInstanceOf(EngineException.class);
        assertThat(archive).hasContent("the last one");

        dockerfile(context, "FROM base:1", "COPY Dockerfile /");
        build(daemon, request("type=tar,dest=out.tar"));

        assertThat(entries(archive)).containsKey("Dockerfile");
    }

    @Test
    void writesNowhereButIntoTheWorkspace(TestEngine daemon, @TempDir Path other) throws Exception {
        dockerfile(context, "FROM scratch", "COPY Dockerfile /");
        Files.createSymbolicLink(workspace.resolve("out-link"), other);
        Files.createSymbolicLink(workspace.resolve("nowhere"), other.resolve("missing"));

        for (String output : List.of(
                "type=local,dest=../away",
                "type=tar,dest=../away.tar",
                "type=local,dest=" + other,
                "type=local,dest=out-link",
                "type=local,dest=out-link/deeper",
                "type=tar,dest=out-link/out.tar",
                "type=local,dest=nowhere/x")) {
            assertThatThrownBy(() -> build(daemon, request(output)))
                    .as(output)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not write the output");
        }
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void saysBeforeTheBuildWhereItMayNotWrite(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM base:1", "RUN false");
        Files.writeString(workspace.resolve("file"), "");
        Files.createDirectory(workspace.resolve("directory"));

        assertThatThrownBy(() -> build(daemon, request("type=local,dest=file")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a file is there");
        assertThatThrownBy(() -> build(daemon, request("type=tar,dest=directory")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a directory is there");
        assertThatThrownBy(() -> build(daemon, request("type=tar,dest=file/out.tar")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("file");
    }

    @Test
    void saysWhyItCouldNotWrite(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM scratch", "COPY Dockerfile /");
        BuildOutput nobodysPlace = BuildOutput.parse("type=local,dest=/proc/out");

        assertThatThrownBy(
                        () -> build(daemon, BuildRequest.of(context.toString()).outputs(List.of(nobodysPlace))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("could not write the output /proc/out")
                .hasMessageNotContaining("rpc");
    }

    @Test
    void tellsThatTheDiskIsFull(TestEngine daemon) throws Exception {
        byte[] data = new byte[2_000_000];
        new Random(2).nextBytes(data);
        Files.write(context.resolve("data"), data);
        dockerfile(context, "FROM scratch", "COPY data /");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            Path small = SmallDisk.mount(workspace.resolve("small"));
            try {
                for (String output : List.of("type=local,dest=small/out", "type=tar,dest=small/out.tar")) {
                    assertThatThrownBy(
                                    () -> under.engine().build(request(output).build()))
                            .isInstanceOf(EngineException.class)
                            .hasMessageContaining("could not write the output " + small)
                            .hasMessageContaining("No space left on device")
                            .hasMessageContaining("free space there");
                    try (Stream<Path> files = Files.walk(small)) {
                        assertThat(files.filter(Files::isRegularFile)).isEmpty();
                    }
                }
            } finally {
                SmallDisk.unmount(small);
            }
        }
    }

    @Test
    void leavesNoHalfArchiveWhenItIsCancelled(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM base:1", "RUN echo started " + UUID.randomUUID() + "; sleep 60");
        try (EngineUnderTest under = EngineUnderTest.withBuildKit(daemon)) {
            CompletableFuture<Thread> builder = new CompletableFuture<>();
            CompletableFuture<Void> build = CompletableFuture.runAsync(() -> {
                builder.complete(Thread.currentThread());
                try {
                    under.engine().build(request("type=tar,dest=out.tar").build());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            while (under.events(EngineEvent.StepOutput.class).isEmpty() && !build.isDone()) {
                Thread.onSpinWait();
            }
            builder.get().interrupt();

            assertThatThrownBy(build::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(InterruptedException.class);
        }
        try (Stream<Path> files = Files.list(workspace)) {
            assertThat(files).containsExactly(context);
        }
    }

    @Test
    void buildsForNothingButTheCache(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM base:1", "LABEL unique=" + UUID.randomUUID());
        ImageReference name = ImageReference.parse("cacheonly:" + UUID.randomUUID());

        BuildResult result = build(daemon, request("type=cacheonly").tags(List.of(name)));
        BuildResult unloaded = build(daemon, request().tags(List.of(name)).load(false));

        for (BuildResult each : List.of(result, unloaded)) {
            assertThat(each.imageId()).isNull();
            assertThat(each.outputs()).isEmpty();
            assertThat(each.steps()).isNotEmpty();
        }
        assertThat(daemon.hasImage(name.familiar())).isFalse();
    }

    @Test
    void writesOneDirectoryForEachPlatform(TestEngine daemon) throws Exception {
        dockerfile(context, "FROM scratch", "ARG TARGETARCH", "COPY file-$TARGETARCH /file");
        Files.writeString(context.resolve("file-amd64"), "amd64");
        Files.writeString(context.resolve("file-arm64"), "arm64");

        build(
                daemon,
                request("result").platforms(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"))));

        assertThat(workspace.resolve("result/linux_amd64/file")).hasContent("amd64");
        assertThat(workspace.resolve("result/linux_arm64/file")).hasContent("arm64");
    }
}
