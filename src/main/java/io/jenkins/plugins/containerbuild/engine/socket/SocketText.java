package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.util.ArrayList;
import java.util.List;

/** The words for what a look, a repair or an undoing found, the same for every log and terminal that shows them. */
public final class SocketText {

    private static final String INDENTED = " ".repeat(11);

    private SocketText() {}

    /**
     * Something that a look found.
     *
     * @param name what it is about, in a word
     * @param value what it is, in a line
     */
    public record Fact(String name, String value) {}

    /** What a look found, a fact a line, the verdict first and what to do next. */
    public static List<String> of(SocketDiagnosis look) {
        List<String> lines = new ArrayList<>();
        lines.add(line("verdict", look.verdict().toString()));
        lines.add(line("why", look.why()));
        if (!look.fix().title().isEmpty()) {
            lines.add(line("do", look.fix().title()));
            look.fix().lines().forEach(command -> lines.add(indented(command)));
        }
        facts(look).forEach(fact -> lines.add(line(fact.name(), fact.value())));
        return lines;
    }

    /** How a repair went, with the socket before and after. */
    public static List<String> of(RepairResult repair) {
        List<String> lines = new ArrayList<>();
        lines.add(line("repair", repair.outcome() + ": " + repair.why()));
        for (RepairAttempt attempt : repair.attempts()) {
            lines.add(line(
                    "tried",
                    attempt.means()
                            + (attempt.as().isEmpty() ? "" : " by " + attempt.as())
                            + (attempt.succeeded() ? ": done" : ": " + attempt.told())));
            attempt.commands().forEach(command -> lines.add(indented(String.join(" ", command))));
        }
        addChange(lines, repair.before().path(), repair.after().path());
        return lines;
    }

    /** What was taken back, with the socket before and after. */
    public static List<String> of(UndoResult undo) {
        List<String> lines = new ArrayList<>();
        lines.add(line("undo", (undo.undone() ? "done: " : "not done: ") + undo.why()));
        undo.commands().forEach(command -> lines.add(indented(String.join(" ", command))));
        addChange(lines, undo.before().path(), undo.after().path());
        return lines;
    }

    /** Everything that a look found, besides the verdict and what to do. */
    public static List<Fact> facts(SocketDiagnosis look) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("address", look.uri() + " (" + look.source() + ")"));
        look.others().forEach(other -> facts.add(fact("", other.uri() + ": " + other.verdict())));
        if (look.path() != null) {
            facts.add(fact("socket", state(look.path())));
        }
        facts.add(fact("process", process(look.process())));
        facts.add(fact("container", container(look.container())));
        facts.add(fact("daemon", daemon(look.connection())));
        facts.add(fact("took", look.tookMillis() + " ms"));
        return facts;
    }

    /** Owner, group, mode and access control list of a socket, in one line. */
    public static String state(PathFacts path) {
        String shown = path.kind() + (path.target() == null ? "" : ", a link to " + path.target());
        if (path.uid() == null) {
            return shown;
        }
        shown += ", " + path.user() + ":" + (path.group() == null ? "(no name)" : path.group()) + " (" + path.uid()
                + ":" + path.gid() + "), mode " + path.mode();
        if (path.kind() == PathKind.SOCKET) {
            shown += path.acl() == null
                    ? ", access control list not known (no getfacl)"
                    : path.acl().isEmpty() ? "" : ", access control list " + String.join(" ", path.acl());
        }
        return shown + (Boolean.TRUE.equals(path.readOnlyMount()) ? ", mounted read-only" : "");
    }

    private static void addChange(List<String> lines, PathFacts before, PathFacts after) {
        if (before != null && after != null) {
            lines.add(line("before", state(before)));
            lines.add(line("after", state(after)));
        }
    }

    private static String process(ProcessFacts process) {
        return process.uid() == null
                ? process.user()
                : process.user() + " (uid " + process.uid() + ", gid " + process.gid() + ", groups " + process.groups()
                        + "; one started now would have " + process.grantedGroups() + ")";
    }

    private static String container(ContainerFacts container) {
        String cgroups = container.cgroupVersion() == 0 ? "" : ", cgroup v" + container.cgroupVersion();
        String service = container.service() == null ? "" : ", service " + container.service();
        return container.runtime()
                + (container.id() == null ? "" : " " + container.id())
                + (container.rootless() ? ", rootless" : "")
                + cgroups
                + service
                + (container.evidence().isEmpty() ? "" : " (seen in " + String.join(", ", container.evidence()) + ")");
    }

    private static String daemon(ConnectionFacts connection) {
        if (!connection.answered()) {
            String failure = connection.failure() == null ? "not contacted" : connection.failure();
            return connection.connected() ? "connected, but no answer: " + failure : failure;
        }
        return connection.product() + " " + connection.version() + ", API " + connection.apiVersion()
                + (connection.rootDir() == null ? "" : ", data in " + connection.rootDir())
                + (connection.securityOptions().isEmpty() ? "" : ", " + String.join(" ", connection.securityOptions()));
    }

    /** Names of files, users and containers are anybody's, and must forge no other line. */
    private static Fact fact(String name, String value) {
        return new Fact(name, EventText.printable(value));
    }

    private static String line(String name, String text) {
        return String.format("%-10s %s", name, EventText.printable(text));
    }

    private static String indented(String text) {
        return INDENTED + EventText.printable(text);
    }
}
