package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The context that every Dockerfile of the corpus is built with: something of everything that a directory can hold. */
final class CorpusContext {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
    private static final int SPARSE_BYTES = 64 << 20;

    private final Path root;

    private CorpusContext(Path root) {
        this.root = root;
    }

    /** Adds the files to a folder and makes everything there old. */
    static void fill(Path root) throws Exception {
        CorpusContext context = new CorpusContext(root);
        context.plainFiles();
        context.links();
        context.modes();
        context.names();
        context.largeFiles();
        context.attributes();
        context.makeOld();
    }

    private void plainFiles() throws IOException {
        file("plain.txt", "plain");
        file("spaces in name.txt", "spaces");
        file("tree/a.txt", "a");
        file("tree/b.log", "log");
        file("tree/sub/b.txt", "b");
        file("tree/sub/deep/c.txt", "c");
        file("tree/.hidden", "hidden");
        Files.createDirectories(root.resolve("empty"));
        Files.createDirectories(root.resolve("tree/empty"));
    }

    private void links() throws IOException {
        link("links/to-file", "../plain.txt");
        link("links/to-directory", "../tree");
        link("links/dangling", "nowhere");
        link("links/absolute", "/plain.txt");
        link("links/out", "../../../../etc/hostname");
        link("links/chain", "to-file");
        file("hard/first", "the same");
        Files.createLink(root.resolve("hard/second"), root.resolve("hard/first"));
        Files.createLink(root.resolve("tree/third"), root.resolve("hard/first"));
    }

    private void modes() throws Exception {
        for (String mode : List.of("0000", "0400", "0644", "0755", "0777")) {
            file("modes/" + mode, mode);
            Files.setAttribute(root.resolve("modes/" + mode), "unix:mode", 0100000 | Integer.parseInt(mode, 8));
        }
        file("modes/setuid", "setuid");
        Files.setAttribute(root.resolve("modes/setuid"), "unix:mode", 0104755);
        Files.createDirectories(root.resolve("modes/sticky"));
        Files.setAttribute(root.resolve("modes/sticky"), "unix:mode", 0041777);
        Files.createDirectories(root.resolve("modes/closed"));
        Files.setPosixFilePermissions(root.resolve("modes/closed"), PosixFilePermissions.fromString("rwx------"));
    }

    private void names() throws IOException {
        for (String name : List.of(
                "ümlaut",
                "漢字",
                "emoji \uD83D\uDE00",
                "line\nbreak",
                "tab\there",
                "-dash",
                "back\\slash",
                "quote\"",
                "star*",
                "[brackets]",
                " leading",
                "trailing ",
                "dollar$A",
                "a".repeat(250),
                "#hash",
                "!bang")) {
            file("names/" + name, name);
        }
    }

    private void largeFiles() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(SPARSE_BYTES);
            sparse.seek(SPARSE_BYTES / 2);
            sparse.write("an island".getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream file = Files.newOutputStream(root.resolve("archive.tar.gz"));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            byte[] content = "archived".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("in/archive.txt");
            entry.setModTime(LONG_AGO);
            entry.setSize(content.length);
            entry.setIds(11, 12);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
    }

    /** Those that everybody may set; no image keeps them. */
    private void attributes() throws IOException {
        file("attributes/file", "with an attribute");
        for (String name : List.of("attributes", "attributes/file", "plain.txt")) {
            Files.setAttribute(root.resolve(name), "user:note", "noted".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void makeOld() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(root)) {
            all = found.toList();
        }
        for (Path path : all) {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(LONG_AGO, LONG_AGO, null);
        }
    }

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void link(String name, String target) throws IOException {
        Path link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }
}
