package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index, ready to be pushed: of the OCI's type, or Docker's manifest list where all its images are Docker's, which
 * knows no annotations.
 *
 * @param mediaType which of the two
 * @param bytes it
 * @param digest its digest
 * @param platforms each platform's digest, in its order
 */
record ImageIndex(String mediaType, byte[] bytes, Digest digest, Map<String, Digest> platforms) {

    /**
     * Makes an index. Images come first: clients that know nothing of attestations take the first entry that fits.
     *
     * @throws InvalidRequestException when two images are for one platform; the message names both
     */
    static ImageIndex of(List<IndexEntry> entries, Map<String, String> annotations) throws InvalidRequestException {
        Map<String, Digest> platforms = platforms(entries);
        boolean docker = annotations.isEmpty()
                && entries.stream().allMatch(entry -> entry.mediaType().equals(MediaTypes.DOCKER_MANIFEST));
        String type = docker ? MediaTypes.DOCKER_LIST : MediaTypes.OCI_INDEX;
        ObjectNode index =
                Json.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", type);
        ArrayNode manifests = index.putArray("manifests");
        entries.stream()
                .sorted(Comparator.comparing(IndexEntry::isAttestation))
                .forEach(entry -> manifests.add(entry.descriptor()));
        if (!annotations.isEmpty()) {
            ObjectNode all = index.putObject("annotations");
            annotations.forEach(all::put);
        }
        try {
            byte[] bytes = Json.MAPPER.writeValueAsBytes(index);
            return new ImageIndex(type, bytes, ContentHash.of(bytes), platforms);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that was just made", e);
        }
    }

    /** An index that exists, as it is. */
    static ImageIndex copyOf(Manifest index, List<IndexEntry> entries) throws InvalidRequestException {
        return new ImageIndex(index.mediaType(), index.bytes(), index.digest(), platforms(entries));
    }

    private static Map<String, Digest> platforms(List<IndexEntry> entries) throws InvalidRequestException {
        Map<String, IndexEntry> known = new HashMap<>();
        Map<String, Digest> platforms = new LinkedHashMap<>();
        for (IndexEntry entry : entries) {
            if (entry.isAttestation()) {
                continue;
            }
            IndexEntry other = known.putIfAbsent(entry.platformKey(), entry);
            if (other != null) {
                throw new InvalidRequestException(
                        "could not merge images into one index",
                        "two of them are for the platform " + entry.platform() + ": " + named(other) + " and "
                                + named(entry),
                        "Leave one of them out, or build it for another platform: check on which machines they were"
                                + " built");
            }
            platforms.put(entry.platform(), entry.digest());
        }
        return platforms;
    }

    private static String named(IndexEntry entry) {
        return entry.source().familiar()
                + (entry.digest().equals(entry.source().digest()) ? "" : " (" + entry.digest() + ")");
    }
}
