package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;

/**
 * What a repair changes, as much as it takes to undo it. Holds no secret. It is also kept as a file in the folder that
 * {@link SocketRepair} is given, before anything is changed: whatever becomes of the process, a later one can undo it.
 *
 * @param means what was done
 * @param before the socket before
 * @param after the socket after; null while the repair is on its way, and when it never came to its end
 * @param user the user who was let in
 * @param uid the user's number
 * @param group the group that the user joined; null unless the means is {@link RepairMeans#GROUP}
 * @param groupCreated whether that group was made for it
 */
public record RepairRecord(
        RepairMeans means, PathFacts before, PathFacts after, String user, long uid, String group, boolean groupCreated)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Whether the repair came to its end. */
    boolean finished() {
        return after != null;
    }
}
