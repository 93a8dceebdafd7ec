package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name under which a daemon remembers what it was sent of a context: the same for every build of one directory on one
 * machine by one user, so that the next build sends what changed; it tells nobody which directory that is.
 */
final class SharedKey {

    private static final Path MACHINE = Path.of("/etc/machine-id");

    private SharedKey() {}

    /**
     * The name for one context.
     *
     * @param place where it is, as a URI or an address
     */
    static String of(String place) {
        String parts = String.join(
                "\0",
                "container-build",
                machine(),
                System.getProperty("user.name", ""),
                System.getProperty("user.home", ""),
                place);
        return digest(parts);
    }

    /** A name that tells nobody what it stands for. */
    static String digest(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String machine() {
        try {
            return Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
