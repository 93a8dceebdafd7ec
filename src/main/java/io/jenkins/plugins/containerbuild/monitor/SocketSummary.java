package io.jenkins.plugins.containerbuild.monitor;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.containerbuild.engine.socket.ConnectionFacts;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import io.jenkins.plugins.containerbuild.engine.socket.SocketFix;
import io.jenkins.plugins.containerbuild.engine.socket.SocketText;
import java.util.List;
import java.util.Locale;

/** A look at a node's socket, as pages show it. All texts in it may come from the agent: pages have to escape them. */
public final class SocketSummary {

    private final SocketDiagnosis look;

    SocketSummary(SocketDiagnosis look) {
        this.look = look;
    }

    /** The Engine and its version where it can be used, else why not in a word or two. */
    @NonNull
    public String getShortText() {
        ConnectionFacts connection = look.connection();
        if (look.usable() && connection.product() != null) {
            return connection.product() + " " + connection.version();
        }
        return look.verdict().toString().replace('-', ' ');
    }

    /** Whether builds can use it. */
    public boolean isUsable() {
        return look.usable();
    }

    /** The verdict in a word. */
    @NonNull
    public String getVerdict() {
        return look.verdict().toString();
    }

    /** One sentence of why. */
    @NonNull
    public String getWhy() {
        String why = look.why();
        return why.isEmpty() ? why : why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".";
    }

    /** What to do; empty when nothing is to be done. */
    @NonNull
    public String getFixTitle() {
        return look.fix().title();
    }

    /** The lines to type for it. */
    @NonNull
    public String getFixLines() {
        SocketFix fix = look.fix();
        return String.join("\n", fix.lines());
    }

    /** Everything that is known, a fact a line. */
    @NonNull
    public List<SocketText.Fact> getFacts() {
        return SocketText.facts(look);
    }
}
