package io.jenkins.plugins.containerbuild.engine.cleanup;

import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import java.io.Serializable;
import java.util.List;

/**
 * What was given up to save space.
 *
 * @param cacheBytes how much of the build cache; 0 also for a daemon that has none
 * @param volumes the volumes that are gone
 */
public record SpaceResult(long cacheBytes, List<RemovedVolume> volumes) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public SpaceResult {
        volumes = List.copyOf(volumes);
    }
}
