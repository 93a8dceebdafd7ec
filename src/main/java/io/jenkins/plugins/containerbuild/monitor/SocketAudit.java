package io.jenkins.plugins.containerbuild.monitor;

import hudson.model.Computer;
import io.jenkins.plugins.containerbuild.agent.SocketAnswer;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.socket.PathFacts;
import io.jenkins.plugins.containerbuild.engine.socket.RepairMeans;
import io.jenkins.plugins.containerbuild.engine.socket.RepairOutcome;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketText;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One line in Jenkins' own log for everything that was changed, or tried to be, about a socket. */
public final class SocketAudit {

    private static final Logger LOGGER = Logger.getLogger(SocketAudit.class.getName());

    private SocketAudit() {}

    /**
     * Notes what was done.
     *
     * @param computer where
     * @param reason who or what wanted it
     * @return whether anything was done or tried that people should see
     */
    public static boolean note(Computer computer, String reason, SocketAnswer answer) {
        RepairResult repair = answer.repair();
        if (repair != null) {
            return repair(computer, reason, repair);
        }
        UndoResult undo = answer.undo();
        if (undo == null || undo.commands().isEmpty()) {
            return false;
        }
        log(
                Level.INFO,
                computer,
                "undone for " + reason + ": " + undo.why()
                        + change(undo.before().path(), undo.after().path()));
        return true;
    }

    private static boolean repair(Computer computer, String reason, RepairResult repair) {
        if (repair.outcome() == RepairOutcome.ALREADY_USABLE
                || repair.outcome() == RepairOutcome.NOT_REPAIRABLE
                || repair.outcome() == RepairOutcome.NOT_ALLOWED) {
            return false;
        }
        boolean alarming = repair.means() == RepairMeans.WORLD || repair.outcome() == RepairOutcome.FAILED;
        log(
                alarming ? Level.WARNING : Level.INFO,
                computer,
                repair.outcome() + (repair.means() == null ? "" : " by " + repair.means()) + " for " + reason + ": "
                        + repair.why()
                        + change(repair.before().path(), repair.after().path()));
        return true;
    }

    private static String change(PathFacts before, PathFacts after) {
        return before == null || after == null
                ? ""
                : "; before: " + SocketText.state(before) + "; after: " + SocketText.state(after);
    }

    /** The texts come from the agent and must not forge lines. */
    private static void log(Level level, Computer computer, String what) {
        LOGGER.log(level, () -> "Docker socket of node '" + computer.getName() + "' " + EventText.printable(what));
    }
}
