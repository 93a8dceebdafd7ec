package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * An image that stands under other names.
 *
 * @param digest its digest; the same everywhere
 * @param pushed one entry per name, in the order asked for
 * @param referrers the digests of what was brought along since it refers to the image
 * @param transferredBytes how much of its content had to be read from one repository and written to another one; 0 when
 *     everything was there, or was taken over by the registry itself
 * @param duration the whole call
 */
public record CopyResult(
        Digest digest, List<PushedReference> pushed, List<Digest> referrers, long transferredBytes, Duration duration)
        implements Serializable {

    /** Copies the lists. */
    public CopyResult {
        pushed = List.copyOf(pushed);
        referrers = List.copyOf(referrers);
    }
}
