package io.jenkins.plugins.containerbuild.engine.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The records of repairs in a folder: one file for each socket, with the last repair of it. There is no secret in them, and
 * what they say is checked before anything is undone by it, since whoever is the agent's user can write there.
 */
final class RepairRecords {

    private static final int LARGEST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    RepairRecords(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Keeps other repairs of the same folder out while it is open; null while somebody else has it. */
    FileChannel tryLock() throws IOException {
        Files.createDirectories(folder);
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
        } finally {
            if (lock == null) {
                file.close();
            }
        }
        return lock == null ? null : file;
    }

    void save(String socket, RepairRecord record) throws IOException {
        Path file = file(socket);
        Path next = Files.createTempFile(folder, "repair", ".new");
        try {
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(record));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** @throws IOException when there is a record that cannot be read */
    Optional<RepairRecord> find(String socket) throws IOException {
        try (InputStream file = Files.newInputStream(file(socket))) {
            return Optional.of(JSON.readValue(file.readNBytes(LARGEST), RepairRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** As {@link #find}; what cannot be read is as good as not there. */
    Optional<RepairRecord> findReadable(String socket) {
        try {
            return find(socket);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void delete(String socket) throws IOException {
        Files.deleteIfExists(file(socket));
    }

    private Path file(String socket) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(socket.getBytes(StandardCharsets.UTF_8));
            return folder.resolve("repair-" + HexFormat.of().formatHex(hash, 0, 8) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
