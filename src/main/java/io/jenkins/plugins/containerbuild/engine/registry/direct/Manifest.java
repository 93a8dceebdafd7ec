package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest or an index as a registry has it.
 *
 * @param mediaType what it is
 * @param digest the digest of its bytes, which has been checked
 * @param bytes it, bit for bit; nobody changes them
 * @param json the same, read
 */
record Manifest(String mediaType, Digest digest, byte[] bytes, JsonNode json) {

    /**
     * Reads what a registry sent.
     *
     * @param contentType what the registry calls it
     * @param digest the digest of the bytes
     * @throws MalformedException when it is neither an image nor an index; the message says why
     */
    static Manifest read(byte[] bytes, String contentType, Digest digest) throws MalformedException {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new MalformedException("it is no JSON that can be read: " + Excerpt.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedException("it is no JSON that can be read");
        }
        String header = contentType.split(";", 2)[0].trim();
        String own = json.path("mediaType").asText(header);
        if (json.path("schemaVersion").asInt() == 1) {
            throw new MalformedException("it is in Docker's old format (schema 1), which knows no platforms; build and"
                    + " push it with a Docker Engine of today");
        }
        if (!MediaTypes.isIndex(own) && !MediaTypes.isManifest(own)) {
            throw new MalformedException("it is neither an image nor an index, but of the type "
                    + (own.isEmpty() ? "(none)" : Excerpt.of(own)));
        }
        // Whoever takes one and the same document for an image here and for an index there can be led astray.
        if (json.has(MediaTypes.isIndex(own) ? "layers" : "manifests")) {
            throw new MalformedException("it is an image and an index at once");
        }
        return new Manifest(own, digest, bytes, json);
    }

    boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }

    /** An index's entries. */
    List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        json.path("manifests").forEach(entries::add);
        return entries;
    }

    /** An image's configuration. */
    Blob config() throws MalformedException {
        return Blob.of(json.path("config"));
    }

    /** Whether its configuration is an image's and not another artifact's. */
    boolean isImage() {
        return MediaTypes.isImageConfig(json.path("config").path("mediaType").asText());
    }

    /** All that has to be where the manifest is; without layers that registries do not keep. */
    List<Blob> blobs() throws MalformedException {
        List<Blob> blobs = new ArrayList<>();
        blobs.add(config());
        for (JsonNode layer : json.path("layers")) {
            if (!MediaTypes.isKeptElsewhere(layer.path("mediaType").asText())) {
                blobs.add(Blob.of(layer));
            }
        }
        return blobs.stream().distinct().toList();
    }

    /**
     * A piece of content that a manifest names.
     *
     * @param digest its digest
     * @param size its bytes
     */
    record Blob(Digest digest, long size) {

        static Blob of(JsonNode descriptor) throws MalformedException {
            return new Blob(digestOf(descriptor), sizeOf(descriptor));
        }
    }

    static Digest digestOf(JsonNode descriptor) throws MalformedException {
        String text = descriptor.path("digest").asText("");
        try {
            Digest digest = Digest.parse(text);
            if (ContentHash.isKnown(digest)) {
                return digest;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("it names content by something that is no digest: " + Excerpt.of(text));
        }
        throw new MalformedException("it names content by a digest that cannot be checked here: " + Excerpt.of(text));
    }

    static long sizeOf(JsonNode descriptor) throws MalformedException {
        JsonNode size = descriptor.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw new MalformedException("it names content without a size");
        }
        return size.longValue();
    }

    /** A registry sent something that cannot be used. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String why) {
            super(why);
        }
    }
}
