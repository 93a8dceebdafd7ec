package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Files that tell scripts of a build; names and contents are those of {@code docker buildx build}. */
final class ResultFiles {

    @Option(names = "--iidfile", paramLabel = "FILE", description = "Write the image's id into this file.")
    private Path imageIdFile;

    @Option(
            names = "--metadata-file",
            paramLabel = "FILE",
            description = "Write names and digests of the image into this file, as JSON.")
    private Path metadataFile;

    /** A build that fails must not leave the file of an earlier one behind. */
    void removeOld() throws EngineException {
        for (Path file : Stream.of(imageIdFile, metadataFile)
                .filter(Objects::nonNull)
                .map(Path::toAbsolutePath)
                .toList()) {
            if (Files.isDirectory(file) || !Files.isDirectory(file.getParent())) {
                throw new UsageException(
                        "could not use the file " + file,
                        "it is a directory, or there is no directory for it",
                        "Name a file in a directory that exists");
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw failure("remove the old file ", file, e);
            }
        }
    }

    /** Tells of what was built; there is no file with an id where nothing has one. */
    void write(BuildResult result) throws EngineException {
        Digest id = result.imageId() == null ? result.digest() : result.imageId();
        if (imageIdFile != null && id != null) {
            write(imageIdFile, id.toString());
        }
        if (metadataFile != null) {
            write(metadataFile, metadata(result).toPrettyString());
        }
    }

    private static ObjectNode metadata(BuildResult result) {
        ObjectNode document = Report.object();
        Digest id = result.imageId();
        // Where the daemon keeps its images in containerd's store, the id is no configuration's.
        put(document, "containerimage.config.digest", Objects.equals(id, result.digest()) ? null : id);
        put(document, "containerimage.digest", result.digest() == null ? id : result.digest());
        if (!result.tags().isEmpty()) {
            document.put(
                    "image.name",
                    result.tags().stream().map(ImageReference::canonical).collect(Collectors.joining(",")));
        }
        return document;
    }

    private static void put(ObjectNode document, String key, Digest digest) {
        if (digest != null) {
            document.put(key, digest.toString());
        }
    }

    private static void write(Path file, String text) throws EngineException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw failure("write the file ", file, e);
        }
    }

    private static EngineException failure(String what, Path file, IOException cause) {
        return new EngineException(
                "could not " + what + file,
                cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "Name a file that this user may write",
                cause);
    }
}
