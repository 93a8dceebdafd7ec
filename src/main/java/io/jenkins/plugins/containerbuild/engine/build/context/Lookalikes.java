package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.FileNames;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Files that may have been meant when a Dockerfile is missing. */
final class Lookalikes {

    private static final int MOST = 3;
    private static final int DEPTH = 3;
    private static final int LOOKED_AT = 10_000;

    private Lookalikes() {}

    /** Up to three files near the context's top whose names contain "dockerfile". Never fails: it only helps. */
    static List<String> in(Path context) {
        try (Stream<Path> files = Files.walk(context, DEPTH)) {
            return files.limit(LOOKED_AT)
                    .filter(Lookalikes::isLookalike)
                    .map(file -> Printable.shortened(context.relativize(file).toString()))
                    .sorted()
                    .limit(MOST)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean isLookalike(Path file) {
        String name = FileNames.of(file).toString().toLowerCase(Locale.ROOT);
        return name.contains("dockerfile") && !name.endsWith(IgnoreFile.NAME) && Files.isRegularFile(file);
    }
}
