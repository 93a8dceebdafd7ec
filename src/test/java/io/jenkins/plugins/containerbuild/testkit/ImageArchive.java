package io.jenkins.plugins.containerbuild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What is in an image: its configuration and its layers, entry by entry, without what two builds of one Dockerfile can
 * never share (the time of the build).
 *
 * @param configuration the image's configuration without times and without the digests of layers
 * @param layers a text for each entry of each layer: name, kind, mode, owner, size, digest of its content, link, extended
 *     attributes, and the time of what is older than the build
 */
public record ImageArchive(String configuration, List<List<String>> layers) {

    /**
     * Reads an image.
     *
     * @param folder an empty one, for the time of reading
     * @param begin what is younger than this belongs to the build
     */
    public static ImageArchive of(TestEngine engine, String image, Path folder, Instant begin) {
        try {
            try (InputStream saved = engine.client().saveImageCmd(image).exec()) {
                unpack(saved, folder);
            }
            JsonNode manifest = new ObjectMapper()
                    .readTree(folder.resolve("manifest.json").toFile())
                    .path(0);
            List<List<String>> layers = new ArrayList<>();
            for (JsonNode layer : manifest.path("Layers")) {
                layers.add(entries(folder.resolve(layer.asText()), begin));
            }
            return new ImageArchive(
                    configuration(folder.resolve(manifest.path("Config").asText())), layers);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the image " + image, e);
        } finally {
            Project.delete(folder);
        }
    }

    private static void unpack(InputStream saved, Path folder) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(saved);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path file = folder.resolve(entry.getName()).normalize();
            if (entry.isFile() && file.startsWith(folder)) {
                Files.createDirectories(file.getParent());
                Files.copy(tar, file);
            } else if (entry.isSymbolicLink() && file.startsWith(folder)) {
                // Layers that an image has twice.
                Files.createDirectories(file.getParent());
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            }
        }
    }

    private static String configuration(Path file) throws IOException {
        ObjectNode configuration = new ObjectMapper().readValue(file.toFile(), ObjectNode.class);
        configuration.remove(List.of("created", "rootfs", "container", "moby.buildkit.buildinfo.v1"));
        for (JsonNode step : configuration.path("history")) {
            if (step instanceof ObjectNode fields) {
                fields.remove("created");
            }
        }
        return configuration.toPrettyString();
    }

    private static List<String> entries(Path layer, Instant begin) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(unpacked(layer), StandardCharsets.ISO_8859_1.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Instant time = entry.getLastModifiedTime().toInstant();
                entries.add(String.join(
                        " ",
                        entry.getName(),
                        "kind=" + (char) entry.getLinkFlag(),
                        "mode=" + Integer.toOctalString(entry.getMode()),
                        "owner=" + entry.getLongUserId() + ":" + entry.getLongGroupId(),
                        "size=" + entry.getSize(),
                        "content=" + digest(tar),
                        "link=" + entry.getLinkName(),
                        "attributes=" + attributes(entry),
                        time.isBefore(begin) ? "time=" + time : "time of the build"));
            }
        }
        return entries;
    }

    /** Classic stores give layers as they are, containerd's compressed as they were made. */
    private static InputStream unpacked(Path layer) throws IOException {
        BufferedInputStream content = new BufferedInputStream(Files.newInputStream(layer));
        content.mark(2);
        boolean compressed = content.read() == 0x1f && content.read() == 0x8b;
        content.reset();
        return compressed ? new GZIPInputStream(content) : content;
    }

    private static String attributes(TarArchiveEntry entry) {
        TreeMap<String, String> attributes = new TreeMap<>(entry.getExtraPaxHeaders());
        attributes.keySet().removeIf(name -> !name.startsWith("SCHILY.xattr."));
        return attributes.toString();
    }

    private static String digest(InputStream content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
