package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * What came of a repair.
 *
 * @param outcome how it ended
 * @param why one sentence without a full stop that says why it ended so
 * @param before the look before
 * @param after the look afterwards; equal to the first one when nothing was done
 * @param means what helped; null when nothing was done
 * @param attempts everything that was tried, in order
 * @param record what {@link SocketRepair#undo} needs; null when nothing was changed
 */
public record RepairResult(
        RepairOutcome outcome,
        String why,
        SocketDiagnosis before,
        SocketDiagnosis after,
        RepairMeans means,
        List<RepairAttempt> attempts,
        RepairRecord record)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public RepairResult {
        attempts = List.copyOf(attempts);
    }

    /** Whether the agent has to start anew before it can use the socket. */
    public boolean reconnectNeeded() {
        return outcome == RepairOutcome.RECONNECT_NEEDED;
    }
}
