package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.socket.RepairMeans;
import io.jenkins.plugins.containerbuild.engine.socket.RepairPolicy;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDoctor;
import io.jenkins.plugins.containerbuild.engine.socket.SocketRepair;
import io.jenkins.plugins.containerbuild.engine.socket.UndoResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "socket",
        description =
                "Looks at the daemon's socket as this user, says what is wrong and what helps; repairs it if told to.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it can be used; with --undo: nothing is left of the repair",
            "1:it cannot be used; with --undo: the repair is still there",
            "2:wrong usage",
            "3:repaired, but only for processes that start from now on: start the agent anew"
        })
final class SocketCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int WRONG_USAGE = 2;
    private static final int RECONNECT = 3;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the daemon may take to answer. Default: 2.")
    private int timeout = (int) SocketDoctor.LIMIT.toSeconds();

    @Option(names = "--repair", description = "Let this user use the socket, by one of the means of --allow.")
    private boolean repair;

    @Option(
            names = "--allow",
            paramLabel = "MEANS",
            split = ",",
            description = "What a repair may do: acl, group, owner, world; tried in this order, whatever yours is.")
    private List<RepairMeans> allow = new ArrayList<>();

    @Option(names = "--no-new-group", description = "A repair makes no group where none has the socket's number.")
    private boolean noNewGroup;

    @Option(names = "--group-zero", description = "A repair may put the user into group 0 (root).")
    private boolean groupZero;

    @Option(names = "--no-sudo", description = "Do not use sudo.")
    private boolean noSudo;

    @Option(
            names = "--helper",
            paramLabel = "URI",
            description =
                    "Another address of the daemon that runs this container; it may be used to become root in it.")
    private List<String> helpers = new ArrayList<>();

    @Option(names = "--undo", description = "Take the last repair of this socket back.")
    private boolean undo;

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Where a repair leaves what undoing it takes. Default: ~/.local/state/container-build.")
    private Path records;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String wrong = wrongUsage();
        if (wrong != null) {
            err.println("ERROR: " + wrong);
            return WRONG_USAGE;
        }
        try {
            if (repair) {
                return tell(socket().repair(policy()), out);
            }
            return undo ? tell(socket().undo(!noSudo), out) : tell(SocketDoctor.diagnose(endpoint(), limit()), out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("ERROR: interrupted; what a repair had begun was taken back");
            return BAD;
        }
    }

    private String wrongUsage() {
        if (repair && undo) {
            return "--repair and --undo do not go together; give one of them";
        }
        if (repair && allow.isEmpty()) {
            return "--repair does nothing that is not allowed; add for example --allow acl,group";
        }
        if (!repair && !allow.isEmpty()) {
            return "--allow says what a repair may do; add --repair, or leave it out";
        }
        return timeout < 1 || timeout > 60 ? "--timeout takes 1 to 60 seconds" : null;
    }

    private RepairPolicy policy() {
        return new RepairPolicy(allow.stream().sorted().toList(), !noNewGroup, groupZero, !noSudo);
    }

    private SocketRepair socket() {
        List<EndpointRequest> others = helpers.stream()
                .map(uri -> new EndpointRequest(uri, null, System.getenv()))
                .toList();
        return new SocketRepair(
                endpoint(), others, records == null ? SocketRepair.usualRecords(System.getenv()) : records, limit());
    }

    private EndpointRequest endpoint() {
        return new EndpointRequest(main.host(), null, System.getenv());
    }

    private Duration limit() {
        return Duration.ofSeconds(timeout);
    }

    private int tell(SocketDiagnosis diagnosis, PrintWriter out) {
        out.println(json ? SocketReport.json(diagnosis) : SocketReport.text(diagnosis));
        return diagnosis.usable() ? GOOD : BAD;
    }

    private int tell(RepairResult result, PrintWriter out) {
        out.println(json ? SocketReport.json(result) : SocketReport.text(result));
        if (result.reconnectNeeded()) {
            return RECONNECT;
        }
        return result.after().usable() ? GOOD : BAD;
    }

    private int tell(UndoResult result, PrintWriter out) {
        out.println(json ? SocketReport.json(result) : SocketReport.text(result));
        return result.undone() ? GOOD : BAD;
    }
}
