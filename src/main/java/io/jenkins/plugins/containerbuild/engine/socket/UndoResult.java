package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * What came of undoing a repair.
 *
 * @param undone whether nothing is left of the repair, be it that a new socket has taken the place of the old one; false also
 *     when there is no record of a repair
 * @param why one sentence without a full stop that says what was done, or why nothing was
 * @param commands what was run, each as program and arguments
 * @param before the look before
 * @param after the look afterwards
 */
public record UndoResult(
        boolean undone, String why, List<List<String>> commands, SocketDiagnosis before, SocketDiagnosis after)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public UndoResult {
        commands = commands.stream().map(List::copyOf).toList();
    }
}
