package io.jenkins.plugins.containerbuild.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder that Jenkins goes on saving its state in, through short-lived files: what is gone holds nothing. */
final class LiveFolder {

    private LiveFolder() {}

    /** What is done with a file's content, a character for each byte. */
    interface Look {
        void at(Path file, String content);
    }

    /**
     * Looks at all plain files below a folder.
     *
     * @return how many there were
     */
    static int look(Path folder, Look look) throws IOException {
        AtomicInteger files = new AtomicInteger();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    try {
                        look.at(file, Files.readString(file, StandardCharsets.ISO_8859_1));
                        files.incrementAndGet();
                    } catch (NoSuchFileException e) {
                        return visitFileFailed(file, e);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        return files.get();
    }
}
