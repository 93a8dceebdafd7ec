package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The documents in the stream of a saved image, by paths. Its layers are known by their digests. */
public final class SavedImage {

    private static final String BLOBS = "blobs/";

    private final Map<String, byte[]> documents;

    private SavedImage(Builder builder) {
        documents = Map.copyOf(builder.documents);
    }

    /** Collects. */
    static final class Builder {

        private final Map<String, byte[]> documents = new HashMap<>();
        private final Set<String> paths = new HashSet<>();

        /** Notes a path; false where it was there before. */
        boolean begin(String path) {
            return paths.add(path);
        }

        void document(String path, byte[] content) {
            documents.put(path, content);
        }

        boolean hasConfig(Digest imageId) {
            return documents.containsKey(blob(imageId)) || documents.containsKey(configFile(imageId));
        }

        SavedImage build() {
            return new SavedImage(this);
        }
    }

    private static String blob(Digest digest) {
        return BLOBS + digest.algorithm() + '/' + digest.hex();
    }

    private static String configFile(Digest imageId) {
        return imageId.hex() + ".json";
    }

    /** A document such as {@code index.json}, by its path. */
    public Optional<byte[]> document(String path) {
        return Optional.ofNullable(documents.get(path));
    }

    /** A document of an OCI image layout, by its digest. */
    public Optional<byte[]> document(Digest digest) {
        return document(blob(digest));
    }

    /** The configuration of an image that is called by it, in whichever layout. */
    public Optional<byte[]> config(Digest imageId) {
        return document(imageId).or(() -> document(configFile(imageId)));
    }

    /**
     * The path that an entry's name means.
     *
     * @throws IOException when it leads out of the archive
     */
    static String path(String name) throws IOException {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/")) {
            if (part.equals("..") && parts.pollLast() == null || name.startsWith("/")) {
                throw new IOException("its entry " + Printable.escaped(name) + " leads out of it");
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", List.copyOf(parts));
    }
}
