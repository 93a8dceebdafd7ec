package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets the agent's user use a unix socket, as far as a policy allows, and takes that back. The right to do so is looked for
 * in this order: the process is root; {@code sudo -n}; a helper endpoint whose daemon runs the agent's own container, and
 * runs the commands in it as root ({@code docker exec -u 0}).
 *
 * <p>Every means is verified, a failed one taken back before the next is tried. Two agents may repair at once: what has
 * changed under a plan's feet is planned anew, and each verifies its own access.
 */
public final class SocketRepair {

    private static final Duration LOCK_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

    private final EndpointRequest endpoint;
    private final List<EndpointRequest> helpers;
    private final RepairRecords records;
    private final Duration limit;

    /**
     * @param endpoint whose socket; a job must not be able to choose it where the policy is not the job's either
     * @param helpers endpoints that may run a command in the agent's own container; may be empty
     * @param records a folder of the agent's user for the records of repairs, made when it is needed; the same folder is
     *     needed to undo them
     * @param limit how long each look may take, as in {@link SocketDoctor}
     */
    public SocketRepair(EndpointRequest endpoint, List<EndpointRequest> helpers, Path records, Duration limit) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.helpers = List.copyOf(helpers);
        this.records = new RepairRecords(Objects.requireNonNull(records, "records"));
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    /** Where the XDG Base Directory Specification wants what a program should remember, for this process's user. */
    public static Path usualRecords(Map<String, String> environment) {
        String state = environment.get("XDG_STATE_HOME");
        return (state == null || state.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(state))
                .resolve("container-build");
    }

    /**
     * Repairs, if need be. A socket that can be used is left alone, so calling it again does no harm.
     *
     * @throws InterruptedException when the thread was interrupted; what was begun has been taken back then
     */
    public RepairResult repair(RepairPolicy policy) throws InterruptedException {
        SocketDiagnosis before = SocketDoctor.diagnose(endpoint, limit);
        RepairResult settled = settled(policy, before);
        if (settled != null) {
            return settled;
        }
        try (FileChannel lock = lock()) {
            // Another agent of this user may have done it while this one waited.
            SocketDiagnosis now = SocketDoctor.diagnose(endpoint, limit);
            RepairResult meanwhile = settled(policy, now);
            return meanwhile == null ? tryAll(policy, now) : meanwhile;
        } catch (IOException e) {
            return unchanged(
                    RepairOutcome.FAILED,
                    "the folder " + records.folder() + " for records of repairs cannot be used (" + e.getMessage()
                            + ")",
                    before);
        }
    }

    /** The result where nothing is to be done or nothing can be done; null where a repair makes sense. */
    private static RepairResult settled(RepairPolicy policy, SocketDiagnosis now) {
        if (now.usable()) {
            return unchanged(RepairOutcome.ALREADY_USABLE, now.why(), now);
        }
        if (!now.verdict().denied()) {
            return unchanged(RepairOutcome.NOT_REPAIRABLE, now.why() + ", which is no matter of permissions", now);
        }
        if (!policy.allowsAnything()) {
            return unchanged(RepairOutcome.NOT_ALLOWED, "the policy allows no repair; " + now.why(), now);
        }
        if (now.verdict() == SocketVerdict.DENIED_UNTIL_RECONNECT
                && policy.means().contains(RepairMeans.GROUP)) {
            return unchanged(RepairOutcome.RECONNECT_NEEDED, now.why(), now);
        }
        String untrusted = TrustedPath.reasonAgainst(now.path().realPath());
        return untrusted == null ? null : unchanged(RepairOutcome.NOT_REPAIRABLE, untrusted, now);
    }

    private static RepairResult unchanged(RepairOutcome outcome, String why, SocketDiagnosis now) {
        return new RepairResult(outcome, why, now, now, null, List.of(), null);
    }

    private RepairResult tryAll(RepairPolicy policy, SocketDiagnosis before) throws InterruptedException {
        List<Rights> rights = rights(policy.sudo(), before);
        if (rights.isEmpty()) {
            return unchanged(
                    RepairOutcome.FAILED, "nothing here has the rights for it: " + noRights(policy, before), before);
        }
        List<RepairAttempt> attempts = new ArrayList<>();
        takeBackWhatWasCutOff(before, rights).ifPresent(attempts::add);
        RepairTry tries = new RepairTry(endpoint, Path.of(before.path().path()), policy, records, limit);
        for (RepairMeans means : policy.means()) {
            for (Rights right : rights) {
                RepairTry.Done done = tries.attempt(means, right);
                attempts.add(done.attempt());
                if (done.helped()) {
                    return helped(before, done, attempts);
                }
                if (done.attempt().as().isEmpty()) {
                    break;
                }
            }
        }
        String all = attempts.stream()
                .map(attempt -> attempt.means() + (attempt.as().isEmpty() ? "" : " (" + attempt.as() + ")") + ": "
                        + attempt.told())
                .collect(Collectors.joining("; "));
        return new RepairResult(
                RepairOutcome.FAILED,
                "none of the means that the policy allows helped: " + all,
                before,
                SocketDoctor.diagnose(endpoint, limit),
                null,
                attempts,
                null);
    }

    /** A repair that never came to its end, since its process was killed, must not lie below the next one. */
    private Optional<RepairAttempt> takeBackWhatWasCutOff(SocketDiagnosis now, List<Rights> rights)
            throws InterruptedException {
        String socket = now.path().path();
        RepairRecord record =
                records.findReadable(socket).filter(found -> !found.finished()).orElse(null);
        if (record == null) {
            return Optional.empty();
        }
        List<List<String>> commands = new ArrayList<>();
        String told;
        try {
            told = new RepairUndo(rights, commands).run(record, now);
            records.delete(socket);
        } catch (NoPlanException | IOException e) {
            // Somebody else has changed the same things since, or nobody here may: then it stays as it is.
            told = e.getMessage();
        }
        return Optional.of(
                new RepairAttempt(record.means(), "", commands, false, "an earlier one was cut off: " + told));
    }

    private static RepairResult helped(SocketDiagnosis before, RepairTry.Done done, List<RepairAttempt> attempts) {
        boolean usable = done.after().usable();
        RepairMeans means = done.record().means();
        String why =
                switch (means) {
                    case ACL -> done.record().user() + " got an entry of the socket's access control list";
                    case GROUP ->
                        done.record().user() + " was put into the group "
                                + done.record().group();
                    case OWNER -> done.record().user() + " became the socket's owner";
                    case WORLD -> "everybody on the machine may use the socket now, and is root by it";
                };
        return new RepairResult(
                usable ? RepairOutcome.REPAIRED : RepairOutcome.RECONNECT_NEEDED,
                why + (usable ? "" : "; it takes effect once the agent has started anew"),
                before,
                done.after(),
                means,
                attempts,
                done.record());
    }

    private List<Rights> rights(boolean sudo, SocketDiagnosis now) {
        List<Rights> rights = new ArrayList<>();
        if (Long.valueOf(0).equals(now.process().uid())) {
            rights.add(new Rights.Root());
        }
        if (sudo) {
            LocalCommand.find("sudo").ifPresent(program -> rights.add(new Rights.Sudo(program)));
        }
        String container = now.container().id();
        if (container != null) {
            helpers.forEach(helper -> rights.add(new ContainerRights(helper, container)));
        }
        return rights;
    }

    private String noRights(RepairPolicy policy, SocketDiagnosis now) {
        String sudo = policy.sudo() ? "there is no sudo" : "the policy does not allow sudo";
        String helper = helpers.isEmpty()
                ? "no other endpoint reaches the agent's container"
                : now.container().inContainer()
                        ? "the id of the agent's container cannot be seen, so that no other endpoint can find it"
                        : "the agent is in no container, so that no other endpoint can help";
        return "the process is not root, " + sudo + ", and " + helper;
    }

    private FileChannel lock() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
        FileChannel lock = records.tryLock();
        while (lock == null) {
            if (System.nanoTime() > deadline) {
                throw new IOException("another repair has held it for " + LOCK_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOCK_PAUSE.toMillis());
            lock = records.tryLock();
        }
        return lock;
    }

    /**
     * Takes the last repair of this socket back, by its record in the folder: exactly, and only as long as it is the same
     * socket in the state in which the repair left it. Membership of a group does not hang on the socket and is taken back
     * in any case.
     *
     * @param sudo whether {@code sudo -n} may be used for it
     * @throws InterruptedException when the thread was interrupted
     */
    public UndoResult undo(boolean sudo) throws InterruptedException {
        SocketDiagnosis before = SocketDoctor.diagnose(endpoint, limit);
        if (before.path() == null) {
            return new UndoResult(false, before.uri() + " is no unix socket", List.of(), before, before);
        }
        String socket = before.path().path();
        List<List<String>> commands = new ArrayList<>();
        try (FileChannel lock = lock()) {
            Optional<RepairRecord> record = records.find(socket);
            if (record.isEmpty()) {
                String why = "there is no record of a repair of " + socket + " in " + records.folder();
                return new UndoResult(false, why, commands, before, before);
            }
            String why = new RepairUndo(rights(sudo, before), commands).run(record.get(), before);
            records.delete(socket);
            return new UndoResult(true, why, commands, before, SocketDoctor.diagnose(endpoint, limit));
        } catch (NoPlanException e) {
            return new UndoResult(false, e.getMessage(), commands, before, SocketDoctor.diagnose(endpoint, limit));
        } catch (IOException e) {
            String why = "the record of the repair cannot be used (" + e.getMessage() + ")";
            return new UndoResult(false, why, commands, before, before);
        }
    }
}
