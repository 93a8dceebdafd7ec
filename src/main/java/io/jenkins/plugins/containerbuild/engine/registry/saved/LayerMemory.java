package io.jenkins.plugins.containerbuild.engine.registry.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.file.CacheFolder;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine remembers of its pushes, in a folder of its user: for each layer the digest of what was made of it, and
 * configurations and manifests as they are. An image that was pushed before is then neither read nor compressed again.
 *
 * <p>Nothing here decides what an image is: documents are compared with their digests, and registries are asked whether
 * they have a layer. A folder that cannot be read is an empty one, and one that cannot be written to is no failure. For
 * use by several threads and several processes; of two that write at the same time, the last one wins.
 */
public final class LayerMemory {

    private static final int VERSION = 1;
    private static final int MOST_LAYERS = 3000;
    private static final int MOST_NAMES = 4;
    private static final int MOST_REPOSITORIES = 8;
    private static final int LARGEST = 8 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Entry(Digest digest, long size, List<String> repositories, List<String> names) {}

    private final Path file;
    private final Documents documents;
    private final Map<Digest, Entry> layers = new LinkedHashMap<>();
    private final Map<String, Digest> names = new HashMap<>();
    private final Map<Digest, Entry> changes = new LinkedHashMap<>();

    /** @param folder made when there is something to remember */
    public LayerMemory(Path folder) {
        file = folder.resolve("layers.json");
        documents = new Documents(folder.resolve("documents"));
        read().forEach(this::put);
    }

    /** A layer, by the digest of its content without compression. */
    public synchronized Optional<KnownLayer> layer(Digest diffId) {
        return Optional.ofNullable(layers.get(diffId))
                .map(entry -> new KnownLayer(entry.digest(), entry.size(), entry.repositories()));
    }

    /** The layer that a daemon once saved under this path; paths of daemons follow from the content. */
    synchronized Optional<Digest> diffIdOf(String path) {
        return Optional.ofNullable(names.get(path));
    }

    /** A configuration or manifest. */
    public Optional<byte[]> document(Digest digest) {
        return documents.read(digest);
    }

    /** Remembers a configuration or manifest. */
    public void remember(Digest digest, byte[] document) {
        documents.write(digest, document);
    }

    /**
     * Remembers a layer; see {@link #save}.
     *
     * @param digest the digest of what registries have of it
     * @param size bytes of that
     * @param repository where it is, without a tag; null when that is not known yet
     */
    public void remember(Digest diffId, Digest digest, long size, String repository) {
        remember(diffId, digest, size, repository, null);
    }

    synchronized void remember(Digest diffId, Digest digest, long size, String repository, String name) {
        Entry before = layers.get(diffId);
        boolean same = before != null && before.digest().equals(digest);
        Entry entry = new Entry(
                digest,
                size,
                first(repository, same ? before.repositories() : List.of(), MOST_REPOSITORIES),
                first(name, before == null ? List.of() : before.names(), MOST_NAMES));
        if (!entry.equals(before)) {
            put(diffId, entry);
            changes.put(diffId, entry);
        }
    }

    private static List<String> first(String value, List<String> others, int most) {
        if (value == null || others.contains(value)) {
            return others;
        }
        List<String> all = new ArrayList<>(List.of(value));
        all.addAll(others);
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    private void put(Digest diffId, Entry entry) {
        layers.remove(diffId);
        layers.put(diffId, entry);
        entry.names().forEach(name -> names.put(name, diffId));
    }

    /** Writes what is new into the folder. */
    public synchronized void save() {
        if (changes.isEmpty()) {
            return;
        }
        Map<Digest, Entry> all = read();
        changes.forEach((diffId, entry) -> {
            all.remove(diffId);
            all.put(diffId, entry);
        });
        changes.clear();
        ObjectNode document = JSON.createObjectNode().put("version", VERSION);
        ObjectNode written = document.putObject("layers");
        all.entrySet().stream().skip(Math.max(0, all.size() - MOST_LAYERS)).forEach(pair -> {
            Entry entry = pair.getValue();
            ObjectNode layer = written.putObject(pair.getKey().toString());
            layer.put("digest", entry.digest().toString()).put("size", entry.size());
            entry.repositories().forEach(layer.putArray("repositories")::add);
            entry.names().forEach(layer.putArray("names")::add);
        });
        try {
            CacheFolder.replace(file, JSON.writeValueAsBytes(document));
        } catch (IOException e) {
            System.getLogger(LayerMemory.class.getName())
                    .log(System.Logger.Level.DEBUG, "pushed layers are not remembered", e);
        }
    }

    private Map<Digest, Entry> read() {
        Map<Digest, Entry> found = new LinkedHashMap<>();
        try (InputStream stream = Files.newInputStream(file)) {
            JsonNode document = JSON.readTree(stream.readNBytes(LARGEST));
            if (document.path("version").asInt() == VERSION) {
                document.path("layers").fields().forEachRemaining(layer -> {
                    JsonNode entry = layer.getValue();
                    if (entry.path("size").asLong() <= 0) {
                        throw new IllegalArgumentException("a layer without a size");
                    }
                    found.put(
                            Digest.parse(layer.getKey()),
                            new Entry(
                                    Digest.parse(entry.path("digest").asText()),
                                    entry.path("size").asLong(),
                                    texts(entry.path("repositories")),
                                    texts(entry.path("names"))));
                });
            }
            return found;
        } catch (IOException | IllegalArgumentException e) {
            return new LinkedHashMap<>();
        }
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(text -> texts.add(text.asText()));
        }
        return List.copyOf(texts);
    }
}
