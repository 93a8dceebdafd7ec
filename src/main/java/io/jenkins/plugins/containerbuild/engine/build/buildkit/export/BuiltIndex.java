package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.Attestation;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the index over a built image holds.
 *
 * @param platforms the digest of each platform's manifest, by the platform's text; attestations are none
 * @param attestations the statements about them
 */
public record BuiltIndex(Map<String, Digest> platforms, List<Attestation> attestations) {

    /** There is none, or nobody tells. */
    public static final BuiltIndex NONE = new BuiltIndex(Map.of(), List.of());

    private static final String TYPE = "vnd.docker.reference.type";
    private static final String ABOUT = "vnd.docker.reference.digest";

    /** Copies the collections. */
    public BuiltIndex {
        platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
        attestations = List.copyOf(attestations);
    }

    /**
     * The platforms of an index.
     *
     * @throws EngineException when it holds something that is no digest
     */
    static Map<String, Digest> platforms(JsonNode index) throws EngineException {
        Map<String, Digest> digests = new LinkedHashMap<>();
        for (JsonNode manifest : index.path("manifests")) {
            JsonNode platform = manifest.path("platform");
            String os = platform.path("os").asText("");
            boolean attestation = manifest.path("annotations").has(TYPE);
            if (!attestation && !os.isEmpty() && !os.equals("unknown")) {
                String variant = platform.path("variant").asText("");
                Platform named = new Platform(
                        os, platform.path("architecture").asText("unknown"), variant.isEmpty() ? null : variant);
                digests.put(named.toString(), digest(manifest));
            }
        }
        return digests;
    }

    /**
     * A manifest that holds statements.
     *
     * @param digest its own
     * @param about that of the manifest that they are about
     */
    record Statements(Digest digest, String about) {

        /** The platform of what they are about; null when it is none of these. */
        String platform(Map<String, Digest> platforms) {
            return platforms.entrySet().stream()
                    .filter(entry -> entry.getValue().toString().equals(about))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * The manifests with statements in an index (moby/buildkit, docs/attestations/attestation-storage.md).
     *
     * @throws EngineException when it holds something that is no digest
     */
    static List<Statements> statements(JsonNode index) throws EngineException {
        List<Statements> all = new ArrayList<>();
        for (JsonNode manifest : index.path("manifests")) {
            JsonNode annotations = manifest.path("annotations");
            if (annotations.path(TYPE).asText("").equals("attestation-manifest")) {
                all.add(new Statements(digest(manifest), annotations.path(ABOUT).asText("")));
            }
        }
        return all;
    }

    static Digest digest(JsonNode descriptor) throws EngineException {
        String text = descriptor.path("digest").asText("");
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    static EngineException malformed(String what, Exception cause) {
        return new EngineException(
                "could not read the image's index",
                "'" + Printable.shortened(what) + "' is not what it should be: " + cause.getMessage(),
                "Build again",
                cause);
    }
}
