package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Small documents in a folder, each in a file named by its digest; the oldest ones go when there are too many. */
record Documents(Path folder) {

    private static final int LARGEST = 1 << 20;
    private static final int MOST = 400;

    private record Aged(Path file, FileTime time) {}

    /** A document, which is compared with its digest. */
    Optional<byte[]> read(Digest digest) {
        Path file = file(digest);
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(LARGEST);
            if (!ContentHash.matches(digest, content)) {
                return Optional.empty();
            }
            return Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps one, unless it is too large or the folder cannot be written to. */
    void write(Digest digest, byte[] content) {
        Path file = file(digest);
        if (content.length > LARGEST || !ContentHash.isSha256(digest)) {
            return;
        }
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return;
            }
            LayerMemory.replace(file, content);
            forgetOldest();
        } catch (IOException e) {
            System.getLogger(Documents.class.getName())
                    .log(System.Logger.Level.DEBUG, "pushed documents are not remembered", e);
        }
    }

    private void forgetOldest() throws IOException {
        List<Aged> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                files.add(new Aged(
                        file,
                        Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime()));
            }
        }
        files.sort(Comparator.comparing(Aged::time));
        for (Aged old : files.subList(0, Math.max(0, files.size() - MOST))) {
            Files.deleteIfExists(old.file());
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.algorithm() + "-" + digest.hex());
    }
}
