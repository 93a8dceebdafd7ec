package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What has to be in a repository for an image to be there: blobs first, then the manifests that name them.
 *
 * @param blobs configurations and layers, each once
 * @param small those of them whose bytes are at hand; nobody changes them
 * @param manifests the image's own last; before it, those of an index
 */
record ImageContent(List<Blob> blobs, Map<Digest, byte[]> small, List<Manifest> manifests) {

    ImageContent {
        blobs = List.copyOf(blobs);
        small = Map.copyOf(small);
        manifests = List.copyOf(manifests);
    }

    /** What gets the names. */
    Manifest root() {
        return manifests.get(manifests.size() - 1);
    }

    /**
     * An image of a configuration and layers, in the very bytes that Docker's own pushes give it.
     *
     * @param layers its layers in their order, compressed with gzip
     */
    static ImageContent ofLayers(byte[] config, List<Blob> layers) throws MalformedException {
        Digest digest = ContentHash.of(config);
        StringBuilder json = new StringBuilder("{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"")
                .append(MediaTypes.DOCKER_MANIFEST)
                .append("\",\n   \"config\": {\n");
        descriptor(json, "      ", MediaTypes.DOCKER_CONFIG, new Blob(digest, config.length));
        json.append("   },\n   \"layers\": [");
        for (int i = 0; i < layers.size(); i++) {
            json.append(i == 0 ? "\n      {\n" : ",\n      {\n");
            descriptor(json, "         ", MediaTypes.DOCKER_LAYER, layers.get(i));
            json.append("      }");
        }
        json.append(layers.isEmpty() ? "]\n}" : "\n   ]\n}");
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        Manifest manifest = Manifest.read(bytes, MediaTypes.DOCKER_MANIFEST, ContentHash.of(bytes));
        return new ImageContent(distinct(List.of(manifest)), Map.of(digest, config), List.of(manifest));
    }

    private static void descriptor(StringBuilder json, String indent, String type, Blob blob) {
        json.append(indent).append("\"mediaType\": \"").append(type).append("\",\n");
        json.append(indent).append("\"size\": ").append(blob.size()).append(",\n");
        json.append(indent).append("\"digest\": \"").append(blob.digest()).append("\"\n");
    }

    /**
     * An image or an index whose manifests are kept as they are.
     *
     * @param root its own manifest
     * @param documents manifests and small blobs that are at hand, by digest
     * @throws MalformedException when a manifest of the index is not at hand or cannot be used
     */
    static ImageContent asItIs(Manifest root, Function<Digest, Optional<byte[]>> documents) throws MalformedException {
        List<Manifest> manifests = new ArrayList<>();
        for (JsonNode entry : root.isIndex() ? root.entries() : List.<JsonNode>of()) {
            Digest digest = Manifest.digestOf(entry);
            byte[] bytes = documents
                    .apply(digest)
                    .orElseThrow(() -> new MalformedException("its index names " + digest + " for "
                            + platform(entry.path("platform")) + ", which the daemon has not got"));
            Manifest manifest = Manifest.read(bytes, entry.path("mediaType").asText(), digest);
            if (manifest.isIndex()) {
                throw new MalformedException("it is an index that holds another index");
            }
            manifests.add(manifest);
        }
        manifests.add(root);
        List<Blob> blobs = distinct(manifests);
        Map<Digest, byte[]> small = new HashMap<>();
        blobs.forEach(blob -> documents.apply(blob.digest()).ifPresent(bytes -> small.put(blob.digest(), bytes)));
        return new ImageContent(blobs, small, manifests);
    }

    private static String platform(JsonNode platform) {
        return platform.path("os").asText("unknown")
                + '/'
                + platform.path("architecture").asText("unknown");
    }

    private static List<Blob> distinct(List<Manifest> manifests) throws MalformedException {
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            if (!manifest.isIndex()) {
                for (Blob blob : manifest.blobs()) {
                    blobs.putIfAbsent(blob.digest(), blob);
                }
            }
        }
        return List.copyOf(blobs.values());
    }
}
