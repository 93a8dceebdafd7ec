package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;

/** Takes a repair back by its record, with whatever rights there are. */
final class RepairUndo {

    private final List<Rights> rights;
    private final List<List<String>> commands;

    /** @param commands gets what was run */
    RepairUndo(List<Rights> rights, List<List<String>> commands) {
        this.rights = rights;
        this.commands = commands;
    }

    /**
     * Takes it back.
     *
     * @param now the socket and the process of this moment
     * @return what that did, in a sentence
     * @throws NoPlanException when it cannot or must not be taken back; says why
     */
    String run(RepairRecord record, SocketDiagnosis now) throws NoPlanException, InterruptedException {
        UndoPlanner.Plan plan =
                new UndoPlanner(record, now.path(), now.process(), new Accounts(new SystemFiles())).plan();
        String untrusted = plan.commands().isEmpty() || record.means() == RepairMeans.GROUP
                ? null
                : TrustedPath.reasonAgainst(now.path().realPath());
        if (untrusted != null) {
            throw new NoPlanException(untrusted);
        }
        for (List<String> command : plan.commands()) {
            run(command);
        }
        return plan.why();
    }

    private void run(List<String> command) throws NoPlanException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (Rights right : rights) {
            commands.add(command);
            LocalCommand.Outcome outcome = right.run(command);
            if (outcome.succeeded()) {
                return;
            }
            failures.add(right.name() + ": " + outcome.output());
        }
        throw new NoPlanException(
                failures.isEmpty()
                        ? "nothing here has the rights to undo the repair"
                        : command.get(0) + " failed: " + String.join("; ", failures));
    }
}
