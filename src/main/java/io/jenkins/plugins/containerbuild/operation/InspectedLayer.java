package io.jenkins.plugins.containerbuild.operation;

import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteLayer;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A layer as a registry keeps it. */
public final class InspectedLayer implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String digest;
    private final String mediaType;
    private final long sizeBytes;

    InspectedLayer(RemoteLayer layer) {
        digest = layer.digest().toString();
        mediaType = layer.mediaType();
        sizeBytes = layer.sizeBytes();
    }

    /** The layer's digest. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** What it is, as the image's manifest says. */
    @Whitelisted
    public String getMediaType() {
        return mediaType;
    }

    /** Its size in the registry, which is compressed as a rule. */
    @Whitelisted
    public long getSizeBytes() {
        return sizeBytes;
    }

    /** The digest, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return digest;
    }
}
