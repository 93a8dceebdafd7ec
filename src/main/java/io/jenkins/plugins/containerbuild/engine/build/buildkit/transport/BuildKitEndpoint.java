package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A BuildKit daemon, wherever it runs, and how to reach it. */
public interface BuildKitEndpoint {

    /**
     * Connects; HTTP/2 may begin at once.
     *
     * @throws BuildKitRefusedException when something answers that offers no BuildKit
     * @throws IOException when nobody answers
     */
    DuplexStream connect() throws IOException;

    /**
     * Offers a session over a connection of its own, on which the daemon is the client. It is faster than the tunnel
     * through a call, where a daemon has it.
     *
     * @param headers which session, and what it serves
     * @return empty where daemons of this kind have no such way
     * @throws BuildKitRefusedException when this one does not take it: it has no such way, or has a session of that id
     * @throws IOException when the connection fails
     */
    default Optional<DuplexStream> openSession(List<Map.Entry<String, String>> headers) throws IOException {
        return Optional.empty();
    }

    /** For how long at least the daemon knows a session that has ended, and takes no other one of its id. */
    default Duration sessionLingers() {
        return Duration.ZERO;
    }

    /** What people call it: "Docker Engine 26.1.5 at unix:///var/run/docker.sock". */
    String name();

    /** The Engine that it is part of; empty for a BuildKit daemon of its own. */
    default Optional<EngineInfo> engine() {
        return Optional.empty();
    }

    /** Turns a lost connection into what the caller should read. */
    EngineException lost(IOException cause);
}
