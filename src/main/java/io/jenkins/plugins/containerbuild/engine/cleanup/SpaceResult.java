package io.jenkins.plugins.containerbuild.engine.cleanup;

import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import java.io.Serializable;
import java.util.List;

/**
 * What was given up to save space.
 *
 * @param cacheBytes how much of the build cache; 0 also for a daemon that has none
 * @param volumes the volumes that are gone
 * @param images the names of the images that are gone, or the id of one without a name
 * @param forgotten the ids of the request's images that are not there: those that are gone now, or were before
 */
public record SpaceResult(long cacheBytes, List<RemovedVolume> volumes, List<String> images, List<String> forgotten)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public SpaceResult {
        volumes = List.copyOf(volumes);
        images = List.copyOf(images);
        forgotten = List.copyOf(forgotten);
    }
}
