package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** An image that was pulled; what {@code containerPull} returns. */
public final class PulledImage implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String reference;
    private final String digest;
    private final long durationMillis;

    private PulledImage(PullResult answer) {
        id = answer.imageId().toString();
        reference = answer.reference().toString();
        digest = answer.digest() == null ? null : answer.digest().toString();
        durationMillis = answer.duration().toMillis();
    }

    static PulledImage of(PullResult answer) {
        return new PulledImage(answer);
    }

    /** The image's id in the daemon. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** What was pulled. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The digest of the image's manifest in the registry; null when the daemon does not tell. */
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** How long the whole call took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    @Override
    public Map<String, String> variables() {
        return Variables.of(id, digest, List.of(reference));
    }

    /** The id, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return id;
    }
}
