package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A blob that is being written to a file of its own, and gets its place once it is whole. For one thread at a time. */
final class NewBlob implements AutoCloseable {

    private final OciLayout layout;
    private final Path file;
    private OutputStream out;
    private MessageDigest hash;
    private long size;

    NewBlob(OciLayout layout, Path file) throws IOException {
        this.layout = layout;
        this.file = file;
        start(StandardOpenOption.CREATE_NEW);
    }

    private void start(StandardOpenOption option) throws IOException {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        out = Files.newOutputStream(file, StandardOpenOption.WRITE, option);
        size = 0;
    }

    long size() {
        return size;
    }

    /** Forgets what was written. */
    void restart() throws IOException {
        out.close();
        start(StandardOpenOption.TRUNCATE_EXISTING);
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        hash.update(bytes);
        size += bytes.length;
    }

    /** The digest of what was written; nothing more can be written then. */
    String finish() throws IOException {
        out.close();
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    /** Puts the finished blob in its place. */
    void keepAs(String digest) throws IOException {
        Files.move(file, layout.blob(digest), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what did not become a blob. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
