package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.RegistryConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/** The connections of one call, to any number of registries. Thread-safe. */
final class RegistryHttp implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(10);

    /** A registry that has just got a large blob looks through it before it answers. */
    private static final Timeout ANSWER_LIMIT = Timeout.ofMinutes(2);

    private final CredentialsSource credentials;
    private final Watchdog watchdog;
    private final Map<RegistryEntry, RegistryConnections> connections = new HashMap<>();
    private boolean closed;

    /**
     * @param credentials asked for client certificates and the logins of proxies
     * @param limit how long a request may go without a byte being moved
     */
    RegistryHttp(CredentialsSource credentials, Duration limit) {
        this.credentials = credentials;
        watchdog = new Watchdog(limit);
    }

    /** Sends one request to a registry, or to where it leads; close the answer. */
    Reply send(HttpUriRequestBase request, RegistryEntry entry) throws IOException, EngineException {
        return watched(request, to(entry)::open);
    }

    /** The same whatever the other side's certificate is. */
    Reply sendUnchecked(HttpUriRequestBase request, RegistryEntry entry) throws IOException, EngineException {
        return watched(request, to(entry)::openUnchecked);
    }

    /** One way to send a request. */
    private interface Sending {
        ClassicHttpResponse send(HttpUriRequestBase request) throws IOException, EngineException;
    }

    private Reply watched(HttpUriRequestBase request, Sending sending) throws IOException, EngineException {
        Watchdog.Watch watch = watchdog.over(request::cancel);
        if (request.getEntity() != null) {
            request.setEntity(new WatchedEntity(request.getEntity(), watch));
        }
        try {
            return new Reply(request, sending.send(request), watch);
        } catch (EngineException e) {
            watch.close();
            throw e;
        } catch (IOException e) {
            watch.close();
            throw watch.explained(e);
        }
    }

    private synchronized RegistryConnections to(RegistryEntry entry) throws IOException, EngineException {
        if (closed) {
            throw new IOException("the connections to registries have been closed");
        }
        RegistryConnections known = connections.get(entry);
        if (known == null) {
            known = RegistryConnections.to(entry, credentials, CONNECT_LIMIT, ANSWER_LIMIT);
            connections.put(entry, known);
        }
        return known;
    }

    /** Cuts every connection at once, also under a thread that is waiting for an answer, and allows no other. */
    @Override
    public synchronized void close() {
        closed = true;
        watchdog.close();
        connections.values().forEach(RegistryConnections::close);
    }
}
