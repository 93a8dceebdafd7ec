package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Asks for volumes of one controller to be removed that nobody needs any more: those that were made too long ago, and then
 * the oldest ones until the rest fits; a daemon does not remember when one was used last. Volumes in use and foreign ones
 * stay, whatever is asked for.
 *
 * @param controller whose volumes; not null
 * @param maxAge how long after it was made a volume goes; null for only those whose own maxAge is over. Zero for all
 * @param keepBytes how many bytes the controller's volumes may take together; null for any number. Those that stay
 *     because they are in use count, too
 * @param labels only volumes that have all of these, {@code key} or {@code key=value}
 */
public record PruneRequest(String controller, Duration maxAge, Long keepBytes, List<String> labels)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public PruneRequest {
        Objects.requireNonNull(controller, "controller");
        labels = List.copyOf(labels);
    }

    /** Only what its own maxAge says. */
    public static PruneRequest of(String controller) {
        return new PruneRequest(controller, null, null, List.of());
    }
}
