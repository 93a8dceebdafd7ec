package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.file.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a machine remembers of the sessions of its last builds, in a folder of its user. Whoever takes one has it alone, and
 * one whose user ends without putting it back is gone: nobody could say what the daemon was told in it. A folder that cannot
 * be read is an empty one, and one that cannot be written to is no failure. For use by several threads and processes.
 */
public final class SessionMemory {

    private static final int MOST = 200;
    private static final int LARGEST = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder made when there is something to remember */
    public SessionMemory(Path folder) {
        this.folder = folder;
    }

    /** The one of this process's user. */
    public static SessionMemory of(Map<String, String> environment) {
        return new SessionMemory(CacheFolder.of(environment, "sessions"));
    }

    /** Whether it lies in this directory, whose content it would change with every build. */
    boolean isBelow(String directoryUri) {
        return folder.toAbsolutePath().toUri().toString().startsWith(directoryUri);
    }

    /** Whether the session under this key was put here less than so long ago. */
    boolean isYoungerThan(Duration age, String key) {
        try {
            FileTime put = Files.getLastModifiedTime(folder.resolve(key));
            return put.toInstant().plus(age).isAfter(Instant.now());
        } catch (IOException e) {
            return false;
        }
    }

    /** Hands out the session that was put here under this key, if any. */
    Optional<RememberedSession> take(String key) {
        Path taken = folder.resolve(key + '.' + UUID.randomUUID());
        try {
            Files.move(folder.resolve(key), taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return Optional.empty();
        }
        try (InputStream file = Files.newInputStream(taken)) {
            return Optional.ofNullable(JSON.readValue(file.readNBytes(LARGEST), RememberedSession.class));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            remove(taken);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(SessionMemory.class.getName())
                    .log(System.Logger.Level.DEBUG, "an old session's file stays until there are too many", e);
        }
    }

    /** Puts one here, in the place of the one under the same key. */
    void put(String key, RememberedSession session) {
        try {
            byte[] content = JSON.writeValueAsBytes(session);
            if (content.length <= LARGEST) {
                CacheFolder.replace(folder.resolve(key), content);
                CacheFolder.keepNewest(folder, MOST);
            }
        } catch (IOException e) {
            System.getLogger(SessionMemory.class.getName())
                    .log(System.Logger.Level.DEBUG, "a build's session is not remembered", e);
        }
    }
}
