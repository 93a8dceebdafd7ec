package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words for what a look, a repair or an undoing found, for logs. */
public final class SocketText {

    private SocketText() {}

    /**
     * Something that a look found.
     *
     * @param name what it is about
     * @param value what it is
     */
    public record Fact(String name, String value) {}

    /** Everything that a look found, without the verdict and what to do. */
    public static List<Fact> facts(SocketDiagnosis look) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Endpoint", look.uri() + " (" + look.source() + ")"));
        if (look.path() != null) {
            facts.add(new Fact("Path", state(look.path())));
        }
        facts.add(new Fact("Process", process(look)));
        ContainerFacts container = look.container();
        if (container != null && container.inContainer()) {
            facts.add(new Fact("Container", container(container)));
        }
        ConnectionFacts connection = look.connection();
        if (connection != null && connection.product() != null) {
            facts.add(new Fact(
                    "Engine",
                    connection.product() + " " + connection.version() + ", API " + connection.apiVersion() + " of "
                            + connection.serverApiVersion()));
            facts.add(new Fact("Data", String.valueOf(connection.rootDir())));
            facts.add(new Fact("Security options", String.join(" ", connection.securityOptions())));
        } else if (connection != null && connection.failure() != null) {
            facts.add(new Fact("Connection", connection.failure()));
        }
        look.others().forEach(other -> facts.add(new Fact("Also looked at", other.uri() + ": " + other.verdict())));
        return facts.stream()
                .map(fact -> new Fact(fact.name(), EventText.printable(fact.value())))
                .toList();
    }

    private static String container(ContainerFacts container) {
        return container.runtime() + (container.id() == null ? "" : " " + container.id())
                + (container.cgroupVersion() == 0 ? "" : ", cgroup v" + container.cgroupVersion())
                + (container.rootless() ? ", rootless" : "") + ", seen in "
                + String.join(", ", container.evidence());
    }

    /** What a look found, and what to do. */
    public static List<String> of(SocketDiagnosis look) {
        List<String> lines = new ArrayList<>();
        lines.add(look.verdict() + ": " + look.why());
        facts(look).forEach(fact -> lines.add("  " + fact.name() + ": " + fact.value()));
        lines.addAll(fix(look.fix()));
        return printable(lines);
    }

    /** What to do, or nothing. */
    public static List<String> fix(SocketFix fix) {
        List<String> lines = new ArrayList<>();
        if (!fix.title().isEmpty()) {
            lines.add(fix.title() + (fix.lines().isEmpty() ? "" : ":"));
            fix.lines().forEach(line -> lines.add("    " + line));
        }
        return printable(lines);
    }

    /** How a repair went, with the states before and after. */
    public static List<String> of(RepairResult repair) {
        List<String> lines = new ArrayList<>();
        lines.add("repair: " + repair.outcome() + ", " + repair.why());
        for (RepairAttempt attempt : repair.attempts()) {
            lines.add("  " + attempt.means() + (attempt.as().isEmpty() ? "" : " as " + attempt.as())
                    + (attempt.succeeded() ? ": done" : ": did not help")
                    + (attempt.told().isEmpty() ? "" : ", " + attempt.told()));
            attempt.commands().forEach(command -> lines.add("    " + String.join(" ", command)));
        }
        lines.addAll(change(repair.before(), repair.after()));
        return printable(lines);
    }

    /** What was taken back. */
    public static List<String> of(UndoResult undo) {
        List<String> lines = new ArrayList<>();
        lines.add("undo: " + undo.why());
        undo.commands().forEach(command -> lines.add("    " + String.join(" ", command)));
        lines.addAll(change(undo.before(), undo.after()));
        return printable(lines);
    }

    /** Owner, group, mode and access control list of a socket, in one line. */
    public static String state(PathFacts path) {
        if (path.mode() == null) {
            return path.path() + " is " + path.kind();
        }
        return path.realPath() + " (" + path.kind() + ") owner " + path.user() + " (" + path.uid() + "), group "
                + (path.group() == null ? "without a name here" : path.group()) + " (" + path.gid() + "), mode "
                + path.mode()
                + (path.acl() == null || path.acl().isEmpty() ? "" : ", " + String.join(" ", path.acl()))
                + (Boolean.TRUE.equals(path.readOnlyMount()) ? ", on a read-only mount" : "");
    }

    private static List<String> change(SocketDiagnosis before, SocketDiagnosis after) {
        return before.path() == null || after.path() == null
                ? List.of()
                : List.of("  before: " + state(before.path()), "  after:  " + state(after.path()));
    }

    private static String process(SocketDiagnosis look) {
        ProcessFacts process = look.process();
        if (process.uid() == null) {
            return "user " + process.user();
        }
        return "user " + process.user() + " (" + process.uid() + "), group " + process.gid() + ", further groups "
                + (process.groups().isEmpty()
                        ? "none"
                        : process.groups().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Names of files and users are anybody's. */
    private static List<String> printable(List<String> lines) {
        return lines.stream().map(EventText::printable).toList();
    }
}
