package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a builder made.
 *
 * @param imageId the image's id in the daemon; null when it is not among the daemon's images
 * @param digest the digest of the manifest or index; null when the builder does not tell
 * @param platforms the digest of each platform's manifest, by the platform's text; empty unless the digest is an
 *     index's
 * @param attestations the statements that were attached to it
 * @param pushed one entry for each name that the builder itself pushed
 * @param steps its steps, in the order in which they ended
 * @param warnings what the daemon found in the Dockerfile
 * @param outputs files and directories that were written, as absolute paths on the machine where the engine runs
 * @param answer what the Dockerfile answered where it was asked instead of built; null after a build
 */
public record BuiltImage(
        Digest imageId,
        Digest digest,
        Map<String, Digest> platforms,
        List<Attestation> attestations,
        List<PushedReference> pushed,
        List<BuildStep> steps,
        List<BuildWarning> warnings,
        List<String> outputs,
        DockerfileAnswer answer) {

    /** Copies the collections. */
    public BuiltImage {
        platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
        attestations = List.copyOf(attestations);
        pushed = List.copyOf(pushed);
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        outputs = List.copyOf(outputs);
    }

    /** A build's result. */
    public BuiltImage(
            Digest imageId,
            Digest digest,
            Map<String, Digest> platforms,
            List<Attestation> attestations,
            List<PushedReference> pushed,
            List<BuildStep> steps,
            List<BuildWarning> warnings,
            List<String> outputs) {
        this(imageId, digest, platforms, attestations, pushed, steps, warnings, outputs, null);
    }

    /** No image, but an answer. */
    public static BuiltImage none(List<BuildWarning> warnings, DockerfileAnswer answer) {
        return new BuiltImage(null, null, Map.of(), List.of(), List.of(), List.of(), warnings, List.of(), answer);
    }

    /** An image that is in the daemon, and nothing more is known of it. */
    public static BuiltImage inDaemon(Digest imageId, List<BuildStep> steps) {
        return new BuiltImage(imageId, null, Map.of(), List.of(), List.of(), steps, List.of(), List.of());
    }
}
