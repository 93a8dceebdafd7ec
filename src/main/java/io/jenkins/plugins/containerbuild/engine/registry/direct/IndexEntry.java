package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.util.List;

/**
 * One manifest of an index.
 *
 * @param descriptor what the index says of it; nobody changes it
 * @param digest its digest
 * @param platform what it runs on, as people write it; null for an attestation
 * @param source where it comes from, for messages
 * @param from where it comes from
 */
record IndexEntry(ObjectNode descriptor, Digest digest, String platform, ImageReference source, Repository from) {

    /** How BuildKit marks what tells of an image instead of being one. */
    private static final String ATTESTATION = "vnd.docker.reference.type";

    /** What an entry can say; other fields, such as content of its own, are left behind. */
    private static final List<String> FIELDS =
            List.of("mediaType", "digest", "size", "annotations", "artifactType", "platform");

    /**
     * An entry of an index, taken over.
     *
     * @param platform what it runs on, as an index or a configuration says it; not looked at for an attestation
     */
    static IndexEntry of(JsonNode given, JsonNode platform, ImageReference source, Repository from)
            throws MalformedException {
        String type = given.path("mediaType").asText();
        if (MediaTypes.isIndex(type)) {
            throw new MalformedException("it is an index that holds another index");
        }
        if (!MediaTypes.isManifest(type)) {
            throw new MalformedException("it holds something that is no image, but of the type " + Excerpt.of(type));
        }
        ObjectNode descriptor = Json.MAPPER.createObjectNode();
        for (String field : FIELDS) {
            if (given.has(field)) {
                descriptor.set(field, given.get(field));
            }
        }
        Digest digest = Manifest.digestOf(given);
        Manifest.sizeOf(given);
        if (isAttestation(given)) {
            return new IndexEntry(descriptor, digest, null, source, from);
        }
        descriptor.set("platform", platform);
        return new IndexEntry(descriptor, digest, text(platform), source, from);
    }

    static boolean isAttestation(JsonNode descriptor) {
        return descriptor.path("annotations").has(ATTESTATION);
    }

    boolean isAttestation() {
        return platform == null;
    }

    String mediaType() {
        return descriptor.path("mediaType").asText();
    }

    /** What no other entry may have: of two names for the same platform, clients would choose any. */
    String platformKey() {
        return key(platform);
    }

    /** The same for all ways to write a platform. */
    static String key(String platform) {
        return platform.replaceFirst("^(.*/arm64)/v8$", "$1")
                .replaceFirst("^(.*/arm)$", "$1/v7")
                .replaceFirst("^(.*/amd64)/v1$", "$1");
    }

    /** What it runs on, without the version of a Windows. */
    Platform plainPlatform() {
        JsonNode given = descriptor.path("platform");
        String variant = given.path("variant").asText("");
        return new Platform(
                given.path("os").asText(), given.path("architecture").asText(), variant.isEmpty() ? null : variant);
    }

    /** As containerd writes platforms: the version of a Windows stands behind its name. */
    private static String text(JsonNode platform) throws MalformedException {
        String os = platform.path("os").asText("");
        String architecture = platform.path("architecture").asText("");
        if (os.isEmpty() || architecture.isEmpty() || os.equals("unknown")) {
            throw new MalformedException("it does not say which platform it is for");
        }
        String variant = platform.path("variant").asText("");
        String version = platform.path("os.version").asText("");
        try {
            String text = new Platform(os, architecture, variant.isEmpty() ? null : variant).toString();
            int behindOs = text.indexOf('/');
            return version.isEmpty()
                    ? text
                    : text.substring(0, behindOs) + '(' + Excerpt.of(version) + ')' + text.substring(behindOs);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("it is for a platform that cannot be: " + e.getMessage());
        }
    }
}
