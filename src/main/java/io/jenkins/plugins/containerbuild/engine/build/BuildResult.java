package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a build made.
 *
 * @param imageId the image's id in the daemon; null when it is not among the daemon's images
 * @param tags the names that it got
 * @param sizeBytes its size in the daemon; null when it is not there
 * @param layerCount how many layers its file system has; null when it is not in the daemon
 * @param duration the whole call, context upload and push included
 * @param steps its steps, in the order in which they ended
 * @param pushed one entry per pushed name; empty when nothing was pushed
 * @param digest the digest of the manifest or index, in the registry where it was pushed; null when nobody tells. It is
 *     never the id of an image's configuration
 * @param platforms the digest of each platform's manifest, by the platform's text; empty unless the digest is an
 *     index's
 * @param attestations the statements that were attached to it, where the request asked for them
 * @param warnings what the daemon found in the Dockerfile
 * @param outputs files and directories that were written, as absolute paths on the machine where the engine runs
 * @param answer what the Dockerfile answered where it was asked instead of built; null after a build
 */
public record BuildResult(
        Digest imageId,
        List<ImageReference> tags,
        Long sizeBytes,
        Integer layerCount,
        Duration duration,
        List<BuildStep> steps,
        List<PushedReference> pushed,
        Digest digest,
        Map<String, Digest> platforms,
        List<Attestation> attestations,
        List<BuildWarning> warnings,
        List<String> outputs,
        DockerfileAnswer answer)
        implements Serializable {

    /** Copies the collections. */
    public BuildResult {
        tags = List.copyOf(tags);
        steps = List.copyOf(steps);
        pushed = List.copyOf(pushed);
        platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
        attestations = List.copyOf(attestations);
        warnings = List.copyOf(warnings);
        outputs = List.copyOf(outputs);
    }

    /** A build's result. */
    public BuildResult(
            Digest imageId,
            List<ImageReference> tags,
            Long sizeBytes,
            Integer layerCount,
            Duration duration,
            List<BuildStep> steps,
            List<PushedReference> pushed,
            Digest digest,
            Map<String, Digest> platforms,
            List<Attestation> attestations,
            List<BuildWarning> warnings,
            List<String> outputs) {
        this(
                imageId,
                tags,
                sizeBytes,
                layerCount,
                duration,
                steps,
                pushed,
                digest,
                platforms,
                attestations,
                warnings,
                outputs,
                null);
    }
}
