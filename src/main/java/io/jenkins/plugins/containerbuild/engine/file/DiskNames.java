package io.jenkins.plugins.containerbuild.engine.file;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names as the daemon sends them, for the disk. Java spells a path in the locale's encoding and refuses what that does not
 * have; a path that is read from a URI keeps its bytes.
 */
final class DiskNames {

    private static final boolean BYTES = File.separatorChar == '/';

    private DiskNames() {}

    /**
     * One entry of a directory.
     *
     * @param directory an absolute path
     * @param name a name without separators
     */
    static Path in(Path directory, String name) throws IOException {
        return isAscii(name) || !BYTES
                ? path(name, directory::resolve)
                : path(name, plain -> directory.resolve(ofBytes(plain)));
    }

    /** What a symbolic link points to. */
    static Path target(Path link, String target) throws IOException {
        if (isAscii(target) || !BYTES) {
            return path(target, plain -> link.getFileSystem().getPath(plain));
        }
        return path(target, DiskNames::ofBytes);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 128);
    }

    private static Path ofBytes(String path) {
        boolean absolute = path.startsWith("/");
        String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        Path whole = Path.of(URI.create("file:///" + (absolute ? encoded.substring(1) : encoded)));
        return absolute ? whole : whole.subpath(0, whole.getNameCount());
    }

    private interface Reading {
        Path of(String text);
    }

    private static Path path(String text, Reading reading) throws IOException {
        try {
            return reading.of(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a name cannot be written on this disk: " + e.getMessage(), e);
        }
    }
}
