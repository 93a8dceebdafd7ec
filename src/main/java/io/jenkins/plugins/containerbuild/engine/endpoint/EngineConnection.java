package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientImpl;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * An open connection to one daemon, with an API version agreed on. The only door through which the engine talks to it.
 */
public final class EngineConnection implements AutoCloseable {

    private static final Duration SHORT_CALL_LIMIT = Duration.ofSeconds(60);

    private final DaemonHttp http;
    private final EngineInfo info;
    private final EndpointCandidate candidate;
    private final Dialer dialer;

    /** Null until the first typed call: a build needs none, and it loads some hundred classes. */
    private DockerClient docker;

    private EngineConnection(DaemonHttp http, EngineInfo info, EndpointCandidate candidate) {
        this.http = http;
        this.info = info;
        this.candidate = candidate;
        dialer = new Dialer(candidate);
    }

    /**
     * Opens the first daemon that answers.
     *
     * @throws EngineException when none does; the message says of each address what was wrong with it
     * @throws InterruptedException when the thread was interrupted
     */
    public static EngineConnection open(EndpointRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        List<EndpointCandidate> candidates = new EndpointResolver(request).candidates();
        List<EndpointTrouble> troubles = new ArrayList<>();
        for (EndpointCandidate candidate : candidates) {
            EndpointTrouble trouble = EndpointTrouble.visibleBeforehand(candidate);
            if (trouble == null) {
                DaemonHttp http = new DaemonHttp(candidate);
                try {
                    EngineInfo info = new Handshake(http, candidate).greet();
                    listener.on(
                            new EngineEvent.Connected(info.uri(), info.product(), info.version(), info.apiVersion()));
                    return new EngineConnection(http, info, candidate);
                } catch (IOException | DaemonRefusal e) {
                    http.close();
                    trouble = EndpointTrouble.of(candidate, e);
                } catch (InterruptedException | RuntimeException e) {
                    http.close();
                    throw e;
                }
            }
            troubles.add(trouble);
        }
        throw EndpointTrouble.combined(troubles);
    }

    private synchronized DockerClient docker() {
        if (docker == null) {
            docker = DockerClientImpl.getInstance(new ClientConfig(candidate.uri(), info.apiVersion()), http.client());
        }
        return docker;
    }

    /** What is known of the daemon. */
    public EngineInfo info() {
        return info;
    }

    /**
     * Makes one of docker-java's typed calls, those that answer within seconds.
     *
     * @param call gets the client and returns plain values
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws EndpointException when the connection is lost or the daemon does not answer in time
     * @throws InterruptedException when the thread was interrupted
     */
    public <T> T call(Function<DockerClient, T> call) throws DaemonRefusal, EndpointException, InterruptedException {
        try {
            return http.call(SHORT_CALL_LIMIT, () -> {
                try {
                    return call.apply(docker());
                } catch (DockerException e) {
                    throw new DaemonRefusal(e.getHttpStatus(), DaemonMessages.of(e));
                }
            });
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Makes a call that answers within seconds, with one JSON object. For those that every build makes: docker-java's types
     * for such answers take some tenths of a second in a JVM that has just started, as the command line's.
     *
     * @param reader takes what it needs of the object; it may throw unchecked exceptions, which get to the caller
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws EndpointException when the connection is lost, the daemon does not answer in time, or its answer is no JSON
     * @throws InterruptedException when the thread was interrupted
     */
    public <T> T object(DaemonRequest call, Function<JsonNode, T> reader)
            throws DaemonRefusal, EndpointException, InterruptedException {
        try {
            return http.exchange(
                    call.toRequest(info.apiVersion()),
                    SHORT_CALL_LIMIT,
                    response -> reader.apply(DaemonHttp.json(response.getBody())));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Makes a call whose answer is a stream of JSON objects, for as long as it takes. Interrupting the thread closes the
     * connection, upon which the daemon ends the work.
     *
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws IOException when the connection is lost, or the request's body or the sink fails
     * @throws InterruptedException when the thread was interrupted
     */
    public void stream(DaemonRequest call, JsonSink sink) throws DaemonRefusal, IOException, InterruptedException {
        http.stream(call.toRequest(info.apiVersion()), null, sink);
    }

    /**
     * The same for a daemon that tells how it gets on.
     *
     * @param silence how long it may tell nothing; the connection is closed then
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws IOException when the connection is lost, the daemon falls silent, or the request's body or the sink fails
     * @throws InterruptedException when the thread was interrupted
     */
    public void stream(DaemonRequest call, Duration silence, JsonSink sink)
            throws DaemonRefusal, IOException, InterruptedException {
        http.stream(call.toRequest(info.apiVersion()), silence, sink);
    }

    /**
     * Makes a call whose answer is not a stream of JSON objects, for as long as it takes. Interrupting the thread closes the
     * connection, upon which the reader ends, before this returns.
     *
     * @param call the call
     * @param limit how long it may take; null for as long as it takes
     * @param reader reads the answer's body, on another thread; it need not read all of it
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws IOException when the connection is lost, the time is up, or the request's body or the reader fails
     * @throws InterruptedException when the thread was interrupted
     */
    public <T> T exchange(DaemonRequest call, Duration limit, BodyReader<T> reader)
            throws DaemonRefusal, IOException, InterruptedException {
        return exchange(call, limit, () -> 0, reader);
    }

    /**
     * The same for a call whose time begins later than the call.
     *
     * @param call the call
     * @param limit how long it may take from then on; null for as long as it takes
     * @param begun when its time began, by {@link System#nanoTime}; 0 for the beginning of the call
     * @param reader reads the answer's body, on another thread; it need not read all of it
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws IOException when the connection is lost, the time is up, or the request's body or the reader fails
     * @throws InterruptedException when the thread was interrupted
     */
    public <T> T exchange(DaemonRequest call, Duration limit, LongSupplier begun, BodyReader<T> reader)
            throws DaemonRefusal, IOException, InterruptedException {
        return http.exchange(
                call.toRequest(info.apiVersion()), limit, begun, response -> reader.read(response.getBody()));
    }

    /**
     * Makes a call whose answer is a header.
     *
     * @param header the header's name
     * @return its value; empty where the answer has no such header
     * @throws DaemonRefusal when the daemon answers with an error status
     * @throws IOException when the connection is lost or the daemon does not answer in time
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<String> header(DaemonRequest call, String header)
            throws DaemonRefusal, IOException, InterruptedException {
        return http.exchange(
                call.toRequest(info.apiVersion()),
                SHORT_CALL_LIMIT,
                response -> Optional.ofNullable(response.getHeader(header)));
    }

    /**
     * Another connection to the same daemon, with the same API version; nothing is asked of it yet. For a call that must be
     * possible although this connection was given up, or that may be.
     */
    public EngineConnection another() {
        return new EngineConnection(new DaemonHttp(candidate), info, candidate);
    }

    /**
     * Connects once more, for a call that goes on in another protocol than HTTP/1.1. The caller closes it; closing this
     * object does not.
     *
     * @throws IOException when the daemon cannot be reached any more
     */
    public DuplexStream dial() throws IOException {
        return dialer.dial();
    }

    /** Turns a lost connection into what the caller should read. */
    public EndpointException lost(IOException cause) {
        return new EndpointException(
                "lost the connection to the " + info.product() + " at " + info.uri(),
                DaemonMessages.reason(cause),
                "Look into the daemon's log (journalctl -u docker) and try again",
                cause);
    }

    /** Closes every connection; the daemon ends what it still does for this client. */
    @Override
    public void close() {
        http.close();
    }
}
