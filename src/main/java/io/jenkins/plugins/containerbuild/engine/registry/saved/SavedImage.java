package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was in the stream of a saved image, by paths. */
public final class SavedImage {

    private static final int MOST_LINKS = 8;
    private static final String BLOBS = "blobs/";

    private final Map<String, byte[]> documents;
    private final Map<String, Layer> layers;
    private final Map<String, String> links;

    private SavedImage(Builder builder) {
        documents = Map.copyOf(builder.documents);
        layers = Map.copyOf(builder.layers);
        links = Map.copyOf(builder.links);
    }

    /**
     * A layer that passed.
     *
     * @param diffId the digest of its content without compression; null when nobody looked
     * @param digest the digest of what registries get of it; null when nobody looked
     * @param size bytes of that
     */
    public record Layer(Digest diffId, Digest digest, long size) {}

    /** Collects. */
    static final class Builder {

        private final Map<String, byte[]> documents = new HashMap<>();
        private final Map<String, Layer> layers = new HashMap<>();
        private final Map<String, String> links = new HashMap<>();

        boolean has(String path) {
            return documents.containsKey(path) || layers.containsKey(path) || links.containsKey(path);
        }

        void document(String path, byte[] content) {
            documents.put(path, content);
        }

        void layer(String path, Digest diffId, Digest digest, long size) {
            layers.put(path, new Layer(diffId, digest, size));
        }

        void link(String path, String target) {
            links.put(path, target);
        }

        SavedImage build() {
            return new SavedImage(this);
        }
    }

    /** A document such as {@code manifest.json}, by its path. */
    public Optional<byte[]> document(String path) throws IOException {
        return Optional.ofNullable(documents.get(followed(path)));
    }

    /** A document of an OCI image layout, by its digest. */
    public Optional<byte[]> document(Digest digest) {
        return Optional.ofNullable(documents.get(BLOBS + digest.algorithm() + '/' + digest.hex()));
    }

    /** A layer, by its path; links lead to the one that they are for. */
    public Optional<Layer> layer(String path) throws IOException {
        return Optional.ofNullable(layers.get(followed(path)));
    }

    private String followed(String path) throws IOException {
        String current = path("", path);
        for (int hop = 0; links.containsKey(current); hop++) {
            if (hop == MOST_LINKS) {
                throw new IOException("its links at " + Printable.escaped(path) + " lead nowhere");
            }
            current = links.get(current);
        }
        return current;
    }

    /**
     * The path that a name means.
     *
     * @param from the path of the link that it is the target of; empty at the top
     * @throws IOException when it leads out of the archive
     */
    static String path(String from, String name) throws IOException {
        Deque<String> parts = new ArrayDeque<>();
        if (!from.isEmpty()) {
            parts.addAll(List.of(from.split("/")));
            parts.removeLast();
        }
        for (String part : name.split("/")) {
            if (part.equals("..") && parts.pollLast() == null || name.startsWith("/")) {
                throw new IOException("its entry " + Printable.escaped(name) + " leads out of it");
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
