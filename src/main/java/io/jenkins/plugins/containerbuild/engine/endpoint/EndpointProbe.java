package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** An address that may lead to a daemon, to be contacted once within a time. Failures are values here. */
public final class EndpointProbe {

    private static final int LARGEST_ANSWER = 4 << 20;

    private final EndpointCandidate candidate;

    private EndpointProbe(EndpointCandidate candidate) {
        this.candidate = candidate;
    }

    /**
     * The addresses that an engine would try, in its order. Contacts nobody.
     *
     * @throws EndpointException when an address, a context or certificates that were named cannot be used
     */
    public static List<EndpointProbe> of(EndpointRequest request) throws EndpointException {
        return new EndpointResolver(request)
                .candidates().stream().map(EndpointProbe::new).toList();
    }

    /** The address. */
    public String uri() {
        return candidate.uri().toString();
    }

    /** Where the address comes from: "given", "DOCKER_HOST", "a usual socket". */
    public String source() {
        return candidate.source();
    }

    /** The path of a unix socket; null for other addresses. */
    public Path socket() {
        return scheme().equals("unix") ? Path.of(candidate.uri().getPath()) : null;
    }

    /** Whether the address names another machine, or a port of this one. */
    public boolean remote() {
        return scheme().equals("tcp");
    }

    private String scheme() {
        return candidate.uri().getScheme();
    }

    /**
     * Connects, asks who is there, and hangs up.
     *
     * @param limit how long all of it may take; a daemon that has answered the first question in time has answered
     * @throws InterruptedException when the thread was interrupted
     */
    public Contact contact(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean connected = false;
        try (DaemonHttp http = new DaemonHttp(candidate)) {
            if (!scheme().equals("npipe")) {
                knock(http, rest(deadline));
                connected = true;
            }
            EngineInfo info = new Handshake(http, candidate, () -> rest(deadline)).greet();
            JsonNode told = told(http, rest(deadline));
            List<String> options = new ArrayList<>();
            told.path("SecurityOptions").forEach(option -> options.add(option.asText()));
            String rootDir = told.path("DockerRootDir").asText("");
            return new Contact(
                    Contact.Kind.ANSWERED, true, null, null, info, rootDir.isEmpty() ? null : rootDir, options);
        } catch (IOException | DaemonRefusal e) {
            return Contact.failed(kind(e), connected, EndpointTrouble.of(candidate, e));
        }
    }

    /** At least a moment, so that what has run out of time says so itself. */
    private static Duration rest(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    /** A connection of its own: its failures come in the system's words, and it can be given up whatever it waits for. */
    private void knock(DaemonHttp http, Duration limit) throws IOException, DaemonRefusal, InterruptedException {
        AtomicReference<Closeable> begun = new AtomicReference<>();
        try {
            http.call(limit, () -> {
                new Dialer(candidate).dial(begun::set).close();
                return null;
            });
        } finally {
            Closeable attempt = begun.get();
            if (attempt != null) {
                attempt.close();
            }
        }
    }

    /** What a daemon tells of itself besides; one that is too busy for it has been found all the same. */
    private static JsonNode told(DaemonHttp http, Duration limit) throws InterruptedException {
        ObjectMapper json = new ObjectMapper();
        try {
            return http.get("/info", limit, response -> {
                try (InputStream body = response.getBody()) {
                    return json.readTree(body.readNBytes(LARGEST_ANSWER));
                }
            });
        } catch (IOException | DaemonRefusal e) {
            return json.createObjectNode();
        }
    }

    private Contact.Kind kind(Exception failure) {
        String reason = DaemonMessages.reason(failure).toLowerCase(Locale.ROOT);
        if (failure instanceof DaemonRefusal) {
            return reason.contains("https server") ? Contact.Kind.TLS_TROUBLE : Contact.Kind.NO_ENGINE;
        }
        if (failure.getCause() instanceof TimeoutException) {
            return Contact.Kind.SILENT;
        }
        if (reason.contains("permission denied")) {
            return Contact.Kind.DENIED;
        }
        if (reason.contains("connection refused") && !remote()) {
            return Contact.Kind.NOT_LISTENING;
        }
        if (candidate.tls() != null && (reason.contains("certificat") || tls(failure))) {
            return Contact.Kind.TLS_TROUBLE;
        }
        return speaks(reason) ? Contact.Kind.NO_ENGINE : Contact.Kind.UNREACHABLE;
    }

    private static boolean tls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof javax.net.ssl.SSLException) {
                return true;
            }
        }
        return false;
    }

    /** Whether something answered, if only what nobody understands. */
    private static boolean speaks(String reason) {
        return reason.equals(Handshake.NO_ENGINE.toLowerCase(Locale.ROOT))
                || reason.contains("http")
                || reason.contains("unrecognized token")
                || reason.contains("end of chunk");
    }
}
