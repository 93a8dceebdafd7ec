package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What pruning did.
 *
 * @param removed volumes that are gone, in the order in which they went
 * @param kept the controller's volumes that stayed and have the labels asked for, and why
 */
public record PruneResult(List<RemovedVolume> removed, List<KeptVolume> kept) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public PruneResult {
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
    }

    /** How many bytes were freed, as far as the sizes are known. */
    public long freedBytes() {
        return removed.stream()
                .map(RemovedVolume::sizeBytes)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
