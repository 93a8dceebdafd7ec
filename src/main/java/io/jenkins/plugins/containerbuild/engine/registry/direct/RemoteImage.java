package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a registry has under a name.
 *
 * @param reference the name, completed
 * @param mediaType what it is: an image or an index, the OCI's or Docker's
 * @param digest the digest of it
 * @param annotations its annotations
 * @param platforms the images that it consists of, in its order; attestations are none
 * @param described the one of them that what follows is about
 * @param config its configuration
 * @param layers its layers, from the bottom up
 */
public record RemoteImage(
        ImageReference reference,
        String mediaType,
        Digest digest,
        Map<String, String> annotations,
        List<RemotePlatform> platforms,
        RemotePlatform described,
        RemoteConfig config,
        List<RemoteLayer> layers)
        implements Serializable {

    /** Copies the collections. */
    public RemoteImage {
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        platforms = List.copyOf(platforms);
        layers = List.copyOf(layers);
    }
}
