package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small text files of the system, such as those of {@code /proc}. What cannot be read is empty. */
final class SystemFiles {

    private static final int LARGEST = 4 << 20;

    private final Path root;

    SystemFiles() {
        this(Path.of(File.separator));
    }

    /** @param root the directory that takes the place of "/" */
    SystemFiles(Path root) {
        this.root = root;
    }

    List<String> lines(String path) {
        return text(path).lines().toList();
    }

    String text(String path) {
        try (InputStream file = Files.newInputStream(at(path))) {
            return new String(file.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
