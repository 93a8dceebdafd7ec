package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One means with one kind of rights: plans, runs, verifies, keeps the record, and takes back what did not help. */
final class RepairTry {

    private static final int TRIES = 4;
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final int TEST_SAID_NO = 1;

    private final SystemFiles files = new SystemFiles();
    private final EndpointRequest endpoint;
    private final Path socket;
    private final RepairPolicy policy;
    private final RepairRecords records;
    private final Duration limit;

    /** @param socket the path of the endpoint */
    RepairTry(EndpointRequest endpoint, Path socket, RepairPolicy policy, RepairRecords records, Duration limit) {
        this.endpoint = endpoint;
        this.socket = socket;
        this.policy = policy;
        this.records = records;
        this.limit = limit;
    }

    /**
     * What came of it.
     *
     * @param attempt for the report
     * @param after the look afterwards; null when it did not help
     * @param record null when it did not help
     */
    record Done(RepairAttempt attempt, SocketDiagnosis after, RepairRecord record) {

        boolean helped() {
            return record != null;
        }
    }

    /** Tries again when somebody else has changed the same things meanwhile. */
    Done attempt(RepairMeans means, Rights rights) throws InterruptedException {
        List<List<String>> commands = new ArrayList<>();
        for (int number = 1; ; number++) {
            PathFacts path = new PathReader(files).read(socket);
            if (path.kind() != PathKind.SOCKET) {
                return failed(means, rights, commands, "the socket has gone meanwhile");
            }
            RepairPlanner planner =
                    new RepairPlanner(policy, path, new ProcessReader(files).read(), new Accounts(files));
            RepairPlan plan;
            try {
                plan = planner.plan(means);
            } catch (NoPlanException e) {
                return new Done(new RepairAttempt(means, "", commands, false, e.getMessage()), null, null);
            }
            Run run = new Run(plan, rights, path, planner.groupName(), commands);
            Done done = run.toItsEnd();
            if (done.helped() || number == TRIES || !run.disturbed()) {
                return done;
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static Done failed(RepairMeans means, Rights rights, List<List<String>> commands, String why) {
        return new Done(new RepairAttempt(means, rights.name(), commands, false, why), null, null);
    }

    /** One plan on its way. */
    private final class Run {

        private final RepairPlan plan;
        private final Rights rights;
        private final PathFacts before;
        private final String group;
        private final List<List<String>> commands;
        private final Deque<RepairPlan.Step> done = new ArrayDeque<>();
        private final ProcessFacts process = new ProcessReader(files).read();
        private final RepairRecord earlier;
        private String told = "";
        private boolean disturbed;

        Run(RepairPlan plan, Rights rights, PathFacts before, String group, List<List<String>> commands) {
            this.plan = plan;
            this.rights = rights;
            this.before = before;
            this.group = group;
            this.commands = commands;
            earlier = records.findReadable(socket.toString()).orElse(null);
        }

        boolean disturbed() {
            return disturbed;
        }

        Done toItsEnd() throws InterruptedException {
            boolean good = false;
            try {
                // First of all: should this process be killed, another one can undo what it did.
                records.save(socket.toString(), record(null));
                SocketDiagnosis after = doAll() ? verified() : null;
                if (after != null) {
                    RepairRecord record = record(after.path());
                    records.save(socket.toString(), record);
                    good = true;
                    return new Done(
                            new RepairAttempt(plan.means(), rights.name(), commands, true, told), after, record);
                }
            } catch (IOException e) {
                told = "its record could not be written (" + e.getMessage() + ")";
            } finally {
                if (!good && takeBack()) {
                    forget();
                }
            }
            return failed(plan.means(), rights, commands, told);
        }

        private RepairRecord record(PathFacts after) {
            return new RepairRecord(
                    plan.means(),
                    before,
                    after,
                    process.user(),
                    process.uid(),
                    plan.means() == RepairMeans.GROUP ? group : null,
                    plan.steps().size() > 1);
        }

        /** What was taken back needs no record; that of an earlier repair is valid again. */
        private void forget() {
            try {
                if (earlier == null) {
                    records.delete(socket.toString());
                } else {
                    records.save(socket.toString(), earlier);
                }
            } catch (IOException e) {
                told += "; its record is still there (" + e.getMessage() + ")";
            }
        }

        private boolean doAll() throws InterruptedException {
            for (RepairPlan.Step step : plan.steps()) {
                // Before it is run: a command that was interrupted may have done its work.
                done.push(step);
                LocalCommand.Outcome outcome = run(step.command());
                if (!outcome.succeeded()) {
                    done.pop();
                    told = step.command().get(0) + ": "
                            + (outcome.output().isEmpty() ? "exit code " + outcome.code() : outcome.output());
                    disturbed = plan.means() == RepairMeans.GROUP
                            && (plan.steps().size() > 1
                                            && new Accounts(files)
                                                    .group(before.gid())
                                                    .isPresent()
                                    || outcome.output().contains("cannot lock"));
                    return false;
                }
            }
            return true;
        }

        private LocalCommand.Outcome run(List<String> command) throws InterruptedException {
            commands.add(command);
            return rights.run(command);
        }

        /** The look afterwards; null when it did not help. */
        private SocketDiagnosis verified() throws InterruptedException {
            SocketDiagnosis after = SocketDoctor.diagnose(endpoint, limit);
            if (after.usable()) {
                return after;
            }
            if (plan.means() == RepairMeans.GROUP && after.verdict() == SocketVerdict.DENIED_UNTIL_RECONNECT) {
                return newProcessMayUse() ? after : null;
            }
            disturbed = isDisturbed(new PathReader(files).read(socket));
            told = "it was done, but the socket cannot be used all the same: " + after.why();
            return null;
        }

        /** Asks the kernel, in the name of the user with the groups of now. */
        private boolean newProcessMayUse() throws InterruptedException {
            Optional<String> setpriv = LocalCommand.find("setpriv");
            Optional<String> test = LocalCommand.find("test");
            if (setpriv.isEmpty() || test.isEmpty()) {
                told = "not verified, for there is no setpriv here";
                return true;
            }
            LocalCommand.Outcome outcome = run(List.of(
                    setpriv.get(),
                    "--reuid=" + process.uid(),
                    "--regid=" + process.gid(),
                    "--init-groups",
                    test.get(),
                    "-w",
                    before.realPath()));
            if (outcome.code() == TEST_SAID_NO && outcome.output().isEmpty()) {
                told = "a new process of " + process.user() + " could not use the socket either";
                return false;
            }
            told = outcome.succeeded()
                    ? "a new process of " + process.user() + " may use the socket"
                    : "not verified: " + outcome.output();
            return true;
        }

        private boolean isDisturbed(PathFacts now) {
            if (!now.sameFile(before)) {
                return true;
            }
            return switch (plan.means()) {
                case ACL ->
                    now.acl() != null
                            && new AccessList(now.acl())
                                    .permissionsOf(process.uid())
                                    .isEmpty();
                case OWNER -> !process.uid().equals(now.uid());
                case WORLD -> !now.everybodyMayUse();
                case GROUP -> false;
            };
        }

        /** Also when the thread was interrupted: what was begun must not stay. False when something of it did. */
        private boolean takeBack() {
            boolean interrupted = Thread.interrupted();
            boolean all = true;
            try {
                for (RepairPlan.Step step : done) {
                    LocalCommand.Outcome outcome = run(undo(step));
                    if (!outcome.succeeded()) {
                        all = false;
                        told += "; taking it back failed: " + outcome.output();
                    }
                }
            } catch (InterruptedException e) {
                interrupted = true;
                all = false;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return all;
        }

        /** Somebody else may have got an entry of the list meanwhile, which has to stay. */
        private List<String> undo(RepairPlan.Step step) throws InterruptedException {
            PathFacts now = plan.means() == RepairMeans.ACL ? new PathReader(files).read(socket) : null;
            return now == null || now.acl() == null
                    ? step.undo()
                    : AccessList.restoring(step.command().get(0), before, process.uid(), now.acl());
        }
    }
}
