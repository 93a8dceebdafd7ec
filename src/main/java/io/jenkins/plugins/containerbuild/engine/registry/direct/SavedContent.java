package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SavedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together what a daemon has saved, or a builder sent. An image that the daemon knows by its configuration gets a manifest as Docker's
 * own pushes make it; one that it knows by its manifest or index keeps that.
 *
 * @param imageId the image
 * @param saved what passed
 * @param memory knows the layers, those that passed and those that were known before, by their content
 */
record SavedContent(Digest imageId, SavedImage saved, LayerMemory memory) {

    /**
     * The image.
     *
     * @throws IOException when something is missing, or is not what it is called; the message says what
     * @throws MalformedException when a document cannot be used
     */
    ImageContent content() throws IOException, MalformedException {
        Optional<byte[]> own = saved.document(imageId);
        return own.isPresent() && !KnownContent.isConfig(Json.MAPPER.readTree(own.get()))
                ? asItIs(own.get())
                : ofLayers();
    }

    /**
     * The one image of an OCI archive.
     *
     * @throws IOException when something is missing; the message says what
     * @throws MalformedException when a document cannot be used
     */
    static ImageContent of(SavedImage archive) throws IOException, MalformedException {
        JsonNode manifests = Json.MAPPER
                .readTree(archive.document("index.json")
                        .orElseThrow(() -> new IOException("the archive ended without index.json")))
                .path("manifests");
        if (manifests.size() != 1) {
            throw new IOException("the archive holds " + manifests.size() + " images, and not one");
        }
        Digest digest = Manifest.digestOf(manifests.path(0));
        byte[] root = archive.document(digest)
                .orElseThrow(() -> new IOException("the archive ended without " + digest + ", which it begins with"));
        return ImageContent.asItIs(
                Manifest.read(root, manifests.path(0).path("mediaType").asText(), digest), archive::document);
    }

    private ImageContent asItIs(byte[] own) throws IOException, MalformedException {
        String type = "";
        for (JsonNode entry : Json.MAPPER.readTree(required("index.json")).path("manifests")) {
            if (entry.path("digest").asText().equals(imageId.toString())) {
                type = entry.path("mediaType").asText();
            }
        }
        return ImageContent.asItIs(Manifest.read(own, type, imageId), saved::document);
    }

    private byte[] required(String path) throws IOException {
        return saved.document(path).orElseThrow(() -> new IOException("what the daemon saved ended without " + path));
    }

    private ImageContent ofLayers() throws IOException, MalformedException {
        byte[] config = saved.config(imageId)
                .orElseThrow(() -> new IOException("what the daemon saved ended without the image's configuration"));
        if (!ContentHash.matches(imageId, config)) {
            throw new IOException("the configuration that the daemon saved has the digest " + ContentHash.of(config)
                    + ", and not that of the image");
        }
        List<Blob> layers = new ArrayList<>();
        for (Digest diffId : KnownContent.diffIds(Json.MAPPER.readTree(config))) {
            layers.add(memory.layer(diffId)
                    .map(layer -> new Blob(layer.digest(), layer.size()))
                    .orElseThrow(() -> new IOException("what the daemon saved ended without the layer " + diffId)));
        }
        return ImageContent.ofLayers(config, layers);
    }
}
