package io.jenkins.plugins.containerbuild.engine.volume;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Asks for volumes to be removed. All are looked at first: when one may not be removed, none is.
 *
 * @param names the volumes; at least one
 * @param controller who asks; other controllers' volumes, and those that nobody made here, are foreign
 * @param force whether containers that use the volumes are stopped and removed first, and volumes that are not there are
 *     passed over
 * @param foreign whether foreign volumes may be removed
 */
public record RemoveRequest(List<String> names, String controller, boolean force, boolean foreign)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public RemoveRequest {
        names = List.copyOf(names);
        Objects.requireNonNull(controller, "controller");
    }

    /** Volumes that this controller made and nobody uses. */
    public static RemoveRequest of(List<String> names, String controller) {
        return new RemoveRequest(names, controller, false, false);
    }
}
