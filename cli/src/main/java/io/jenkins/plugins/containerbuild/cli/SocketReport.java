package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.containerbuild.engine.socket.ConnectionFacts;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerFacts;
import io.jenkins.plugins.containerbuild.engine.socket.PathFacts;
import io.jenkins.plugins.containerbuild.engine.socket.PathKind;
import io.jenkins.plugins.containerbuild.engine.socket.ProcessFacts;
import io.jenkins.plugins.containerbuild.engine.socket.RepairAttempt;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import java.util.ArrayList;
import java.util.List;

/** What the command socket has to tell: a few lines that a look takes in, or the values as they are. */
final class SocketReport {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private SocketReport() {}

    /** The document has the names of the record's components. */
    static String json(Record value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers can be written", e);
        }
    }

    static String text(SocketDiagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        line(lines, "verdict", diagnosis.verdict().toString());
        line(lines, "why", diagnosis.why());
        if (!diagnosis.fix().title().isEmpty()) {
            line(lines, "do", diagnosis.fix().title());
            diagnosis.fix().lines().forEach(command -> lines.add("              " + command));
        }
        line(lines, "address", diagnosis.uri() + " (" + diagnosis.source() + ")");
        diagnosis.others().forEach(other -> line(lines, "", other.uri() + ": " + other.verdict()));
        if (diagnosis.path() != null) {
            line(lines, "socket", path(diagnosis.path()));
        }
        line(lines, "process", process(diagnosis.process()));
        line(lines, "container", container(diagnosis.container()));
        line(lines, "daemon", daemon(diagnosis.connection()));
        line(lines, "took", diagnosis.tookMillis() + " ms");
        return String.join(System.lineSeparator(), lines);
    }

    static String text(RepairResult result) {
        List<String> lines = new ArrayList<>();
        line(lines, "repair", result.outcome() + ": " + result.why());
        for (RepairAttempt attempt : result.attempts()) {
            String by = attempt.as().isEmpty() ? "" : " by " + attempt.as();
            line(lines, "tried", attempt.means() + by + (attempt.succeeded() ? ": done" : ": " + attempt.told()));
            attempt.commands().forEach(command -> lines.add("              " + String.join(" ", command)));
        }
        lines.add(text(result.after()));
        return String.join(System.lineSeparator(), lines);
    }

    static String text(UndoResult result) {
        List<String> lines = new ArrayList<>();
        line(lines, "undo", (result.undone() ? "done: " : "not done: ") + result.why());
        result.commands().forEach(command -> lines.add("              " + String.join(" ", command)));
        lines.add(text(result.after()));
        return String.join(System.lineSeparator(), lines);
    }

    private static void line(List<String> lines, String name, String text) {
        lines.add(String.format("%-10s %s", name, text));
    }

    private static String path(PathFacts path) {
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
        return shown + (path.readOnlyMount() ? ", mounted read-only" : "");
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
}
