package io.jenkins.plugins.containerbuild.engine.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Files that can be made again, in folders of this process's user. For use by several threads and processes. */
public final class CacheFolder {

    private record Aged(Path file, FileTime time) {}

    private CacheFolder() {}

    /**
     * Where the XDG Base Directory Specification wants what can be made again, for this process's user.
     *
     * @param environment of the process that asks
     * @param name what is kept there
     */
    public static Path of(Map<String, String> environment, String name) {
        String cache = environment.get("XDG_CACHE_HOME");
        return (cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("container-build")
                .resolve(name);
    }

    /** Puts a file into its place in one step, and makes its folder where there is none. Others cannot read it. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = Files.createDirectories(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder"));
        Path next = Files.createTempFile(folder, "next", ".new");
        try {
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Removes the oldest files where there are more than so many. */
    public static void keepNewest(Path folder, int most) throws IOException {
        List<Aged> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                files.add(new Aged(
                        file,
                        Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime()));
            }
        }
        files.sort(Comparator.comparing(Aged::time));
        for (Aged old : files.subList(0, Math.max(0, files.size() - most))) {
            Files.deleteIfExists(old.file());
        }
    }
}
