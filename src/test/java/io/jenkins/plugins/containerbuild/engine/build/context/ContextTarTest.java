package io.jenkins.plugins.containerbuild.engine.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextTarTest {

    @TempDir
    Path temporary;

    private Path directory;
    private Tree tree;

    @BeforeEach
    void makeContext() throws IOException {
        directory = Files.createDirectory(temporary.resolve("app")).toRealPath();
        tree = new Tree(directory).files("Dockerfile");
    }

    @Test
    void sendsFilesInTheOrderOfTheirNames() throws Exception {
        tree.files("b/2", "b/1", "a", "b.txt", "B", "_/x", "b-c");

        assertThat(Tree.read(tree.tar()).keySet())
                .containsExactly("B", "Dockerfile", "_/", "_/x", "a", "b/", "b/1", "b/2", "b-c", "b.txt");
    }

    @Test
    void keepsTheOrderOfTwentyThousandFiles() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(1));
        for (int number : numbers) {
            tree.file(String.format("d%02d/f%05d", number % 20, number), "x");
        }
        ContextTar tar = tree.tar();

        List<String> names = new ArrayList<>(Tree.read(tar).keySet());

        assertThat(names).hasSize(20_021).isSorted();
        assertThat(tar.totals()).isEqualTo(new ContextTotals(20_001, 20_000 + "Dockerfile".length()));
    }

    @Test
    void keepsModesTimesAndLinksAndGivesEverythingToRoot() throws Exception {
        tree.files("run.sh", "dir/file");
        Files.setAttribute(tree.path("run.sh"), "unix:mode", 04751);
        Files.setAttribute(tree.path("dir"), "unix:mode", 01770);
        Files.setLastModifiedTime(tree.path("run.sh"), FileTime.from(Instant.parse("2020-02-03T04:05:06.789Z")));
        Files.createSymbolicLink(tree.path("inside"), Path.of("dir/file"));
        Files.createSymbolicLink(tree.path("outside"), Path.of("/nowhere/secret"));
        Files.createSymbolicLink(tree.path("linked"), Path.of("dir"));
        Files.createLink(tree.path("hard"), tree.path("run.sh"));

        Map<String, Tree.Entry> entries = Tree.read(tree.tar());

        assertThat(entries)
                .containsOnlyKeys("Dockerfile", "dir/", "dir/file", "hard", "inside", "linked", "outside", "run.sh");
        assertThat(entries.get("run.sh").header().getMode()).isEqualTo(04751);
        assertThat(entries.get("dir/").header().getMode()).isEqualTo(01770);
        assertThat(entries.get("run.sh").header().getLastModifiedTime().toInstant())
                .isEqualTo(Instant.parse("2020-02-03T04:05:06Z"));
        assertThat(entries.get("inside").header().isSymbolicLink()).isTrue();
        assertThat(entries.get("inside").header().getLinkName()).isEqualTo("dir/file");
        assertThat(entries.get("outside").header().getLinkName()).isEqualTo("/nowhere/secret");
        assertThat(entries.get("linked").header().isSymbolicLink()).isTrue();
        assertThat(entries.get("hard").header().isFile()).isTrue();
        assertThat(entries.get("hard").content()).isEqualTo("run.sh");
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.header().getLongUserId()).isZero();
            assertThat(entry.header().getLongGroupId()).isZero();
            assertThat(entry.header().getUserName()).isEmpty();
            assertThat(entry.header().getGroupName()).isEmpty();
        });
    }

    @Test
    void sendsLongAndStrangeNames() throws Exception {
        String deep = "d".repeat(200) + "/" + "e".repeat(200) + "/" + "f".repeat(255);
        tree.file(deep, "deep").files("a\\b", "new\nline", "-rf", "C:x", "...");
        Files.createSymbolicLink(tree.path("link"), Path.of("t".repeat(300)));

        Map<String, Tree.Entry> entries = Tree.read(tree.tar());

        assertThat(entries).containsKeys("a\\b", "new\nline", "-rf", "C:x", "...");
        assertThat(entries.get(deep).content()).isEqualTo("deep");
        assertThat(entries.get("link").header().getLinkName()).isEqualTo("t".repeat(300));
    }

    @Test
    void appliesTheIgnoreFile() throws Exception {
        tree.files("a.log", "keep.log", "src/x.java", "src/x.class", "node_modules/m/index.js")
                .file(".dockerignore", "*.log\n!keep.log\n**/*.class\nnode_modules\n");

        assertThat(Tree.read(tree.tar()).keySet())
                .containsExactly(".dockerignore", "Dockerfile", "keep.log", "src/", "src/x.java");
    }

    @Test
    void sendsDockerfileAndIgnoreFileAlthoughTheyAreExcluded() throws Exception {
        tree.files("a", "docker/Dockerfile", "docker/other").file(".dockerignore", "**\n");

        assertThat(Tree.read(tree.tar()).keySet()).containsExactly(".dockerignore", "Dockerfile");
        assertThat(Tree.read(tree.tar("docker/Dockerfile")).keySet())
                .containsExactly(".dockerignore", "docker/", "docker/Dockerfile");
    }

    @Test
    void sendsTheParentsOfWhatAnExceptionBringsBack() throws Exception {
        tree.files("a/b/c/keep.md", "a/b/c/drop", "a/b/drop", "x/drop/deep").file(".dockerignore", "*\n!**/*.md\n");
        Files.setAttribute(tree.path("a/b"), "unix:mode", 0750);

        Map<String, Tree.Entry> entries = Tree.read(tree.tar());

        assertThat(entries.keySet())
                .containsExactly(".dockerignore", "Dockerfile", "a/", "a/b/", "a/b/c/", "a/b/c/keep.md");
        assertThat(entries.get("a/b/").header().getMode()).isEqualTo(0750);
    }

    @Test
    void addsADockerfileFromOutsideUnderItsRandomName() throws Exception {
        Path outside =
                Files.writeString(temporary.resolve("other"), "FROM scratch\n").toRealPath();
        tree.files("a").file(".dockerignore", "*.log");
        BuildContext context = BuildContext.open(directory, outside.toString(), null);

        Map<String, Tree.Entry> entries = Tree.read(new ContextTar(context, () -> false));

        assertThat(entries.keySet()).containsExactly(context.dockerfileName(), ".dockerignore", "Dockerfile", "a");
        assertThat(entries.get(context.dockerfileName()).content()).isEqualTo("FROM scratch\n");
        assertThat(entries.get(".dockerignore").content()).isEqualTo("*.log\n" + context.dockerfileName() + "\n");
    }

    @Test
    void addsAnIgnoreFileThatHidesItselfForADockerfileFromOutside() throws Exception {
        Path outside =
                Files.writeString(temporary.resolve("other"), "FROM scratch\n").toRealPath();
        BuildContext context = BuildContext.open(directory, outside.toString(), null);

        assertThat(Tree.read(new ContextTar(context, () -> false))
                        .get(".dockerignore")
                        .content())
                .isEqualTo(".dockerignore\n" + context.dockerfileName() + "\n");
    }

    @Test
    void leavesOutSocketsAndKeepsPipes() throws Exception {
        run("mkfifo", "pipe");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.path("s")));

            Map<String, Tree.Entry> entries = Tree.read(tree.tar());

            assertThat(entries.keySet()).containsExactly("Dockerfile", "pipe");
            assertThat(entries.get("pipe").header().isFIFO()).isTrue();
        }
    }

    @Test
    void sendsEmptyContextsAndEmptyFiles() throws Exception {
        tree.file("empty", "").file(".dockerignore", "");
        Files.createDirectory(tree.path("none"));

        Map<String, Tree.Entry> entries = Tree.read(tree.tar());

        assertThat(entries.keySet()).containsExactly(".dockerignore", "Dockerfile", "empty", "none/");
        assertThat(entries.get("empty").content()).isEmpty();
    }

    @Test
    void saysWhichFileShrank() throws Exception {
        large("data/big", 1_000_000);
        ContextTar tar = tree.tar();

        try (InputStream in = tar.open()) {
            in.readNBytes(100_000);
            truncate("data/big", 200_000);

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("could not send 'data/big' of the build context " + directory
                            + ": it shrank from 1000000 to 200000 bytes while the context was being sent. Make sure");
        }
    }

    @Test
    void cutsAFileThatGrewAtItsAnnouncedSize() throws Exception {
        large("data/big", 1_000_000);
        tree.files("last");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = tree.tar().open()) {
            out.writeBytes(in.readNBytes(100_000));
            truncate("data/big", 3_000_000);
            out.writeBytes(in.readAllBytes());
        }

        Map<String, Tree.Entry> entries = Tree.read(new ByteArrayInputStream(out.toByteArray()));

        assertThat(entries.get("data/big").content()).hasSize(1_000_000);
        assertThat(entries.get("last").content()).isEqualTo("last");
    }

    @Test
    void saysWhichFileVanished() throws Exception {
        large("a", 1_000_000);
        tree.files("b");

        try (InputStream in = tree.tar().open()) {
            in.readNBytes(100_000);
            Files.delete(tree.path("b"));

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not send 'b' of the build context")
                    .hasMessageContaining("it vanished while the context was being sent");
        }
    }

    @Test
    void doesNotFollowALinkThatAFileWasReplacedBy() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), "x".repeat(10));
        ContextWalker walker = new ContextWalker(directory, Selection.without(IgnoreRules.NONE));
        ContextEntry dockerfile = walker.next();
        Files.delete(tree.path("Dockerfile"));
        Files.createSymbolicLink(tree.path("Dockerfile"), secret);

        assertThatThrownBy(() -> dockerfile.content().open()).isInstanceOf(IOException.class);
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        large("big", 10_000_000);
        AtomicBoolean cancelled = new AtomicBoolean();
        ContextTar tar = new ContextTar(BuildContext.open(directory, null, null), cancelled::get);

        try (InputStream in = tar.open()) {
            in.readNBytes(100_000);
            cancelled.set(true);

            // At most the piece that is already made comes out.
            assertThatThrownBy(() -> in.readNBytes(200_000)).isInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void countsWhileSendingAndNamesTheLargestDirectories() throws Exception {
        for (int i = 1; i <= 7; i++) {
            large("d" + i + "/sub/file", i * 1000);
        }
        large("z", 500_000);
        ContextTar tar = tree.tar();
        try (InputStream in = tar.open()) {
            in.readNBytes(30_000);
            assertThat(tar.totals().files()).isBetween(1L, 8L);
            in.readAllBytes();
        }

        assertThat(tar.totals()).isEqualTo(new ContextTotals(9, 28_000 + 500_000 + "Dockerfile".length()));
        assertThat(tar.largestDirectories())
                .containsExactly(
                        new DirectorySize("d7", 7000),
                        new DirectorySize("d6", 6000),
                        new DirectorySize("d5", 5000),
                        new DirectorySize("d4", 4000),
                        new DirectorySize("d3", 3000));
    }

    @Test
    void countsTheLastDirectoryToo() throws Exception {
        large("z/file", 10);
        ContextTar tar = tree.tar();
        Tree.read(tar);

        assertThat(tar.largestDirectories()).containsExactly(new DirectorySize("z", 10));
    }

    @Test
    void startsAgainFromTheBeginning() throws Exception {
        tree.files("a/b", "c");
        ContextTar tar = tree.tar();

        byte[] first = bytes(tar);
        ContextTotals totals = tar.totals();

        assertThat(bytes(tar)).isEqualTo(first);
        assertThat(tar.totals()).isEqualTo(totals);
        assertThat(first.length % 512).isZero();
    }

    @Test
    void canBeReadByteByByteAndClosedEarly() throws Exception {
        tree.files("a");
        byte[] whole = bytes(tree.tar());
        InputStream in = tree.tar().open();

        for (byte expected : whole) {
            assertThat(in.read()).isEqualTo(expected & 0xff);
        }
        assertThat(in.read()).isEqualTo(-1);
        in.close();
        assertThatThrownBy(in::read).hasMessage("this stream is closed");

        large("Dockerfile", 1_000_000);
        InputStream abandoned = tree.tar().open();
        abandoned.readNBytes(10_000);
        abandoned.close();
        abandoned.close();
    }

    private static byte[] bytes(ContextTar tar) throws IOException {
        try (InputStream in = tar.open()) {
            return in.readAllBytes();
        }
    }

    private void large(String name, int size) throws IOException {
        tree.file(name, "x".repeat(size));
    }

    private void truncate(String name, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(tree.path(name).toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command).directory(directory.toFile()).start();
        assertThat(process.waitFor()).isZero();
    }
}
