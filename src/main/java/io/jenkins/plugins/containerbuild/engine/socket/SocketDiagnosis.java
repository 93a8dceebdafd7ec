package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * One look at an endpoint from inside the agent.
 *
 * @param uri the address that was looked at; null when the environment names none that can be used. Of several usual ones the first that can be used, else the one that tells most
 * @param source where the address comes from: "given", "DOCKER_HOST", "a usual socket"
 * @param verdict what it ends in
 * @param why one sentence, without a full stop, that names path, user and group
 * @param fix the one thing to do on this host; {@link SocketFix#NONE} when it can be used
 * @param path what the file system tells; null unless it is a unix socket's address
 * @param process who looked
 * @param container where from
 * @param connection what came of connecting
 * @param others the usual addresses that were looked at besides, with their verdicts
 * @param tookMillis how long it all took
 */
public record SocketDiagnosis(
        String uri,
        String source,
        SocketVerdict verdict,
        String why,
        SocketFix fix,
        PathFacts path,
        ProcessFacts process,
        ContainerFacts container,
        ConnectionFacts connection,
        List<Other> others,
        long tookMillis)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public SocketDiagnosis {
        others = List.copyOf(others);
    }

    /**
     * Another address that was looked at.
     *
     * @param uri the address
     * @param verdict what it ended in
     */
    public record Other(String uri, SocketVerdict verdict) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /** Whether builds can use the endpoint now. */
    public boolean usable() {
        return verdict.usable();
    }

    SocketDiagnosis others(List<Other> all) {
        return new SocketDiagnosis(
                uri, source, verdict, why, fix, path, process, container, connection, all, tookMillis);
    }

    SocketDiagnosis tookMillis(long millis) {
        return new SocketDiagnosis(
                uri, source, verdict, why, fix, path, process, container, connection, others, millis);
    }
}
