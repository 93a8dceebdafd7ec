package io.jenkins.plugins.containerbuild.cleanup;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import java.time.Clock;
import java.util.List;

/** What the page of a node's volumes shows: rows, or why there are none. */
public final class VolumesLook {

    private final List<VolumeRow> rows;
    private final String trouble;

    private VolumesLook(List<VolumeRow> rows, String trouble) {
        this.rows = List.copyOf(rows);
        this.trouble = trouble;
    }

    static VolumesLook of(List<VolumeDetails> volumes, Clock clock) {
        return new VolumesLook(
                volumes.stream().map(volume -> VolumeRow.of(volume, clock)).toList(), "");
    }

    static VolumesLook without(EngineException trouble) {
        return new VolumesLook(List.of(), trouble.getMessage());
    }

    /** For the view. */
    public List<VolumeRow> getRows() {
        return rows;
    }

    /** Why nothing can be said; empty when something can. */
    public String getTrouble() {
        return trouble;
    }
}
