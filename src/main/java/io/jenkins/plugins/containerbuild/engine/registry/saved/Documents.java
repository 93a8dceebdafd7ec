package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.file.CacheFolder;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** Small documents in a folder, each in a file named by its digest; the oldest ones go when there are too many. */
record Documents(Path folder) {

    private static final int LARGEST = 1 << 20;
    private static final int MOST = 400;

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
            CacheFolder.replace(file, content);
            CacheFolder.keepNewest(folder, MOST);
        } catch (IOException e) {
            System.getLogger(Documents.class.getName())
                    .log(System.Logger.Level.DEBUG, "pushed documents are not remembered", e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.algorithm() + "-" + digest.hex());
    }
}
