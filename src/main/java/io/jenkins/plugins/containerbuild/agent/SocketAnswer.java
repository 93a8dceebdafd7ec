package io.jenkins.plugins.containerbuild.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import java.io.Serializable;

/**
 * What came of an order about a socket.
 *
 * @param diagnosis how it is now
 * @param repair what a repair did, if that was the order
 * @param undo what was taken back, if that was the order
 */
public record SocketAnswer(
        SocketDiagnosis diagnosis,
        @CheckForNull RepairResult repair,
        @CheckForNull UndoResult undo) implements Serializable {

    private static final long serialVersionUID = 1L;

    static SocketAnswer of(SocketDiagnosis diagnosis) {
        return new SocketAnswer(diagnosis, null, null);
    }

    static SocketAnswer of(RepairResult repair) {
        return new SocketAnswer(repair.after(), repair, null);
    }

    static SocketAnswer of(UndoResult undo) {
        return new SocketAnswer(undo.after(), null, undo);
    }
}
