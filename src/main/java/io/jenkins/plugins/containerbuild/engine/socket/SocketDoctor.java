package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.time.Duration;

/**
 * Looks at an endpoint from inside the agent: path, process, container, a real connection. Needs no answer from Docker, and
 * changes nothing.
 */
public final class SocketDoctor {

    /** How long connecting and all answers together may take, unless said otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private SocketDoctor() {}

    /** As the other one, within {@link #LIMIT}. */
    public static SocketDiagnosis diagnose(EndpointRequest endpoint) throws InterruptedException {
        return diagnose(endpoint, LIMIT);
    }

    /**
     * Looks at the endpoint. Of several usual sockets it tells of the first that can be used, or else of the one that
     * tells most; each has the limit of its own.
     *
     * @param limit how long connecting and answers may take; what is not there by then is a verdict, no exception
     * @throws InterruptedException when the thread was interrupted
     */
    public static SocketDiagnosis diagnose(EndpointRequest endpoint, Duration limit) throws InterruptedException {
        throw new UnsupportedOperationException("follows");
    }
}
