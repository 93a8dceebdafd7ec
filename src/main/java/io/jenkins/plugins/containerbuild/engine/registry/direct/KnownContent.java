package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.saved.KnownLayer;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is known of an image without reading it: remembered of earlier pushes, or learned from a registry. */
record KnownContent(ImageDetails image, LayerMemory memory) {

    /** How many repositories a token is asked for besides the one that is pushed to. */
    private static final int MOST_NEIGHBOURS = 2;

    private static final int MOST_LOOKS = 4;

    /** The whole image, when all of it is known. */
    Optional<ImageContent> content() {
        try {
            Optional<byte[]> document = memory.document(image.imageId());
            if (document.isEmpty()) {
                return Optional.empty();
            }
            JsonNode json = Json.MAPPER.readTree(document.get());
            if (!isConfig(json)) {
                Manifest root = Manifest.read(document.get(), "", image.imageId());
                return Optional.of(ImageContent.asItIs(root, memory::document));
            }
            List<Digest> diffIds = diffIds(json);
            List<Blob> layers = blobs(diffIds.stream());
            return layers.size() == diffIds.size()
                    ? Optional.of(ImageContent.ofLayers(document.get(), layers))
                    : Optional.empty();
        } catch (IOException | MalformedException e) {
            return Optional.empty();
        }
    }

    static boolean isConfig(JsonNode document) {
        return document.has("rootfs");
    }

    /** An image's layers by its configuration, the lowest one first. */
    static List<Digest> diffIds(JsonNode config) throws MalformedException {
        List<Digest> diffIds = new ArrayList<>();
        try {
            for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
                diffIds.add(Digest.parse(diffId.asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("its configuration names a layer by something that is no digest");
        }
        return diffIds;
    }

    private List<Blob> blobs(Stream<Digest> diffIds) {
        return layers(diffIds)
                .map(layer -> new Blob(layer.digest(), layer.size()))
                .toList();
    }

    private Stream<KnownLayer> layers(Stream<Digest> diffIds) {
        return diffIds.flatMap(diffId -> memory.layer(diffId).stream());
    }

    /** Those of the image's layers that are known. */
    List<Blob> layers() {
        return blobs(image.diffIds().stream());
    }

    boolean hasAllLayers() {
        return layers().size() == image.layerCount();
    }

    /** Repositories where a layer was pushed to before. */
    List<String> whereabouts(Digest digest) {
        return layers(image.diffIds().stream())
                .filter(layer -> layer.digest().equals(digest))
                .findFirst()
                .map(KnownLayer::repositories)
                .orElse(List.of());
    }

    /** Other repositories of the same registry that layers of the image were pushed to. */
    List<ImageReference> neighbours(ImageReference name) {
        return layers(image.diffIds().stream())
                .flatMap(layer -> layer.repositories().stream())
                .filter(repository ->
                        repository.startsWith(name.domain() + '/') && !repository.equals(name.repository()))
                .distinct()
                .limit(MOST_NEIGHBOURS)
                .flatMap(KnownContent::parsed)
                .toList();
    }

    private static Stream<ImageReference> parsed(String repository) {
        try {
            return Stream.of(ImageReference.parse(repository));
        } catch (IllegalArgumentException e) {
            return Stream.empty(); // somebody wrote into the memory
        }
    }

    /**
     * Learns from what the repository has under the names, and of this image from earlier pushes, how layers are compressed
     * there: a machine that has never pushed them need not send what is there.
     */
    void learnFrom(PushTarget target) throws EngineException {
        Set<String> looks = new LinkedHashSet<>();
        target.names().forEach(name -> looks.add(name.tag()));
        String repository = target.repository() + '@';
        image.repositoryDigests().stream()
                .filter(digest -> digest.startsWith(repository))
                .forEach(digest -> looks.add(digest.substring(repository.length())));
        for (String look : looks.stream().limit(MOST_LOOKS).toList()) {
            Optional<Manifest> manifest = target.look(look);
            if (manifest.isPresent()
                    && !manifest.get().isIndex()
                    && manifest.get().isImage()) {
                learn(manifest.get(), target);
            }
        }
    }

    private void learn(Manifest manifest, PushTarget target) throws EngineException {
        try {
            Blob config = manifest.config();
            Optional<byte[]> bytes = memory.document(config.digest());
            if (bytes.isEmpty()) {
                bytes = target.small(config);
            }
            if (bytes.isPresent()) {
                memory.remember(config.digest(), bytes.get());
                learn(manifest, bytes.get(), target.repository());
            }
        } catch (IOException | MalformedException e) {
            // Nothing is learned from what cannot be read.
        }
    }

    private void learn(Manifest manifest, byte[] config, String repository) throws IOException, MalformedException {
        List<Digest> diffIds = diffIds(Json.MAPPER.readTree(config));
        JsonNode layers = manifest.json().path("layers");
        for (int i = 0; i < diffIds.size() && diffIds.size() == layers.size(); i++) {
            if (MediaTypes.isGzipLayer(layers.path(i).path("mediaType").asText())) {
                Blob layer = Blob.of(layers.path(i));
                memory.remember(diffIds.get(i), layer.digest(), layer.size(), repository);
            }
        }
    }

    /** Remembers the image for the next time. */
    void remember(ImageContent content) throws IOException, MalformedException {
        content.small().forEach(memory::remember);
        if (content.root().digest().equals(image.imageId())) {
            for (Manifest manifest : content.manifests()) {
                memory.remember(manifest.digest(), manifest.bytes());
                if (!manifest.isIndex() && manifest.isImage()) {
                    byte[] config = content.small().get(manifest.config().digest());
                    learn(manifest, config == null ? new byte[] {'{', '}'} : config, null);
                }
            }
        }
    }

    /** Remembers where the image is now. */
    void remember(ImageContent content, PushTarget target) {
        Set<Digest> there = new HashSet<>();
        content.blobs().forEach(blob -> there.add(blob.digest()));
        for (Digest diffId : image.diffIds()) {
            memory.layer(diffId)
                    .filter(layer -> there.contains(layer.digest()))
                    .ifPresent(layer -> memory.remember(diffId, layer.digest(), layer.size(), target.repository()));
        }
    }
}
