package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks for volumes of one controller to be removed that nobody needs any more: those that were not used for too long, and
 * then the least recently used ones until the rest fits. Volumes in use and foreign ones stay, whatever is asked for.
 *
 * @param controller whose volumes; not null
 * @param maxAge how long after its last use a volume goes; null for only those whose own maxAge is over. Zero for all
 * @param keepBytes how many bytes the controller's volumes may take together; null for any number. Those that stay
 *     because they are in use count, too
 * @param labels only volumes that have all of these, {@code key} or {@code key=value}
 * @param lastUse when volumes were last used, as far as the caller knows it: a daemon remembers only when one was made,
 *     and that is taken for the others
 */
public record PruneRequest(
        String controller, Duration maxAge, Long keepBytes, List<String> labels, Map<String, Instant> lastUse)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public PruneRequest {
        Objects.requireNonNull(controller, "controller");
        labels = List.copyOf(labels);
        lastUse = Map.copyOf(lastUse);
    }

    /** Only what its own maxAge says. */
    public static PruneRequest of(String controller) {
        return new PruneRequest(controller, null, null, List.of(), Map.of());
    }
}
