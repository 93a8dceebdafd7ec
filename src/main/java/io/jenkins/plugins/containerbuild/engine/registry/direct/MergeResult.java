package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index that stands in registries.
 *
 * @param digest its digest; the same everywhere
 * @param platforms the digest of each platform's manifest, such as by {@code linux/arm64}, in the index's order
 * @param pushed one entry per name, in the order asked for
 * @param duration the whole call
 */
public record MergeResult(Digest digest, Map<String, Digest> platforms, List<PushedReference> pushed, Duration duration)
        implements Serializable {

    /** Copies the collections. */
    public MergeResult {
        platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
        pushed = List.copyOf(pushed);
    }
}
