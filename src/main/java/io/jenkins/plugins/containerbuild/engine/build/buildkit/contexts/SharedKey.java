package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(parts.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String machine() {
        try {
            return Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
