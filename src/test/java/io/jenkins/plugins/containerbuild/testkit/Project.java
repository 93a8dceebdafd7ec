package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in this project, whichever of its folders the tests run in. */
final class Project {
    private Project() {}

    /**
     * A script of the folder {@code dev}.
     *
     * @throws Unavailable when this is no machine for them, or the tests run outside the project
     */
    static Path script(String name) {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path script = folder.resolve("dev").resolve(name);
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new Unavailable("no executable dev/" + name + " in " + start
                + " or above it: is this the project's folder," + " on a machine with Bash?");
    }

    /** A new folder below {@code target} of the module that is being tested. */
    static Path newFolder(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "testkit").toAbsolutePath());
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("could not make a folder below target/testkit", e);
        }
    }

    /** Deletes a folder and all in it; links are deleted, not followed. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + folder, e);
        }
    }
}
