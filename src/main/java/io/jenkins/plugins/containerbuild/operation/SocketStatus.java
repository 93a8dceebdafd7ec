package io.jenkins.plugins.containerbuild.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.agent.SocketAnswer;
import io.jenkins.plugins.containerbuild.engine.socket.ConnectionFacts;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerFacts;
import io.jenkins.plugins.containerbuild.engine.socket.PathFacts;
import io.jenkins.plugins.containerbuild.engine.socket.ProcessFacts;
import io.jenkins.plugins.containerbuild.engine.socket.RepairResult;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDiagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** How an agent sees its Docker socket; what {@code containerSocket} returns. */
public final class SocketStatus implements OperationResult {

    private static final long serialVersionUID = 1L;

    private final String uri;
    private final String verdict;
    private final boolean usable;
    private final String why;
    private final String fixTitle;
    private final ArrayList<String> fixLines;
    private final LinkedHashMap<String, Object> path;
    private final LinkedHashMap<String, Object> process;
    private final LinkedHashMap<String, Object> container;
    private final LinkedHashMap<String, Object> engine;
    private final String outcome;
    private final String means;
    private final long durationMillis;

    private SocketStatus(SocketAnswer answer) {
        SocketDiagnosis look = answer.diagnosis();
        RepairResult repair = answer.repair();
        uri = look.uri();
        verdict = look.verdict().toString();
        usable = look.usable();
        why = look.why();
        fixTitle = look.fix().title();
        fixLines = new ArrayList<>(look.fix().lines());
        path = pathOf(look.path());
        process = processOf(look.process());
        container = containerOf(look.container());
        engine = engineOf(look.connection());
        outcome = repair == null ? null : repair.outcome().toString();
        means = repair == null || repair.means() == null ? null : repair.means().toString();
        durationMillis = look.tookMillis();
    }

    static SocketStatus of(SocketAnswer answer) {
        return new SocketStatus(answer);
    }

    private static LinkedHashMap<String, Object> pathOf(PathFacts facts) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        if (facts != null) {
            map.put("path", facts.realPath());
            map.put("kind", facts.kind().toString());
            map.put("uid", facts.uid());
            map.put("user", facts.user());
            map.put("gid", facts.gid());
            map.put("group", facts.group());
            map.put("mode", facts.mode());
            map.put("acl", facts.acl() == null ? null : new ArrayList<>(facts.acl()));
        }
        return map;
    }

    private static LinkedHashMap<String, Object> processOf(ProcessFacts facts) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("user", facts.user());
        map.put("uid", facts.uid());
        map.put("gid", facts.gid());
        map.put("groups", new ArrayList<>(facts.groups()));
        return map;
    }

    private static LinkedHashMap<String, Object> containerOf(ContainerFacts facts) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        if (facts != null && facts.inContainer()) {
            map.put("runtime", facts.runtime().toString());
            map.put("id", facts.id());
            map.put("rootless", facts.rootless());
        }
        return map;
    }

    private static LinkedHashMap<String, Object> engineOf(ConnectionFacts facts) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        if (facts != null && facts.product() != null) {
            map.put("product", facts.product());
            map.put("version", facts.version());
            map.put("apiVersion", facts.apiVersion());
            map.put("rootDir", facts.rootDir());
            map.put("securityOptions", new ArrayList<>(facts.securityOptions()));
        }
        return map;
    }

    /** The address that was looked at. */
    @Whitelisted
    public String getUri() {
        return uri;
    }

    /** What it ends in, a word of a closed list: {@code usable}, {@code denied-by-group}. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Whether builds can use it. */
    @Whitelisted
    public boolean isUsable() {
        return usable;
    }

    /** One sentence of why. */
    @Whitelisted
    public String getWhy() {
        return why;
    }

    /** What to do; empty when nothing is to be done. */
    @Whitelisted
    public String getFixTitle() {
        return fixTitle;
    }

    /** The lines to type for it. */
    @Whitelisted
    public List<String> getFixLines() {
        return fixLines;
    }

    /** What the file system tells of the socket; empty when it is no socket of this machine. */
    @Whitelisted
    public Map<String, Object> getPath() {
        return path;
    }

    /** The agent's process. */
    @Whitelisted
    public Map<String, Object> getProcess() {
        return process;
    }

    /** The container that the agent is in; empty when it is in none. */
    @Whitelisted
    public Map<String, Object> getContainer() {
        return container;
    }

    /** The Engine; empty unless it answered. */
    @Whitelisted
    public Map<String, Object> getEngine() {
        return engine;
    }

    /** How the repair ended; null when none was asked for. */
    @CheckForNull
    @Whitelisted
    public String getOutcome() {
        return outcome;
    }

    /** What helped; null when nothing was changed. */
    @CheckForNull
    @Whitelisted
    public String getMeans() {
        return means;
    }

    /** How long the look took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(SOCKET_VERDICT, verdict);
        variables.put(SOCKET_WHY, why);
        return variables;
    }

    /** The verdict, for use in a string. */
    @Override
    @Whitelisted
    public String toString() {
        return verdict;
    }
}
