package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/** An address that may lead to a daemon, to be contacted once within a time. Failures are values here. */
public final class EndpointProbe {

    private static final int REST_LIMIT_SECONDS = 5;
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final byte[] PING =
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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
     * @param limit how long connecting and the first answer may take together. A daemon that has answered so far is asked
     *     for more within {@value #REST_LIMIT_SECONDS} seconds, which a JVM that has just started may need for itself
     * @throws InterruptedException when the thread was interrupted
     */
    public Contact contact(Duration limit) throws InterruptedException {
        AtomicBoolean connected = new AtomicBoolean();
        try {
            if (!scheme().equals("npipe")) {
                knock(limit, connected);
            }
            return ask();
        } catch (IOException | DaemonRefusal e) {
            Contact.Kind kind = kind(e);
            // Whoever takes a connection and hangs up has been reached.
            boolean hungUp = kind == Contact.Kind.UNREACHABLE && connected.get();
            return Contact.failed(
                    hungUp ? Contact.Kind.NO_ENGINE : kind, connected.get(), EndpointTrouble.of(candidate, e));
        }
    }

    private Contact ask() throws IOException, DaemonRefusal, InterruptedException {
        try (DaemonHttp http = new DaemonHttp(candidate)) {
            long deadline =
                    System.nanoTime() + Duration.ofSeconds(REST_LIMIT_SECONDS).toNanos();
            EngineInfo info = new Handshake(http, candidate, () -> rest(deadline)).greet();
            JsonNode told = told(http, rest(deadline));
            List<String> options = new ArrayList<>();
            told.path("SecurityOptions").forEach(option -> options.add(option.asText()));
            String rootDir = told.path("DockerRootDir").asText("");
            return new Contact(
                    Contact.Kind.ANSWERED, true, null, null, info, rootDir.isEmpty() ? null : rootDir, options);
        }
    }

    /** At least a moment, so that what has run out of time says so itself. */
    private static Duration rest(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    /**
     * A connection of its own, up to the first byte of an answer. Its failures come in the system's words, it can be given
     * up whatever it waits for, and it takes no library that would have to be loaded within the limit.
     */
    private void knock(Duration limit, AtomicBoolean connected) throws IOException, InterruptedException {
        AtomicReference<Closeable> begun = new AtomicReference<>();
        FutureTask<Void> attempt = new FutureTask<>(() -> {
            try (DuplexStream stream = new Dialer(candidate).dial(begun::set)) {
                begun.set(stream);
                connected.set(true);
                if (firstByte(stream) < 0) {
                    throw new IOException(Handshake.NO_ENGINE);
                }
            }
            return null;
        });
        Thread thread = new Thread(attempt, "container engine " + uri());
        thread.setDaemon(true);
        thread.start();
        try {
            attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() / 1000.0 + " seconds", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            attempt.cancel(true);
            Closeable waiting = begun.get();
            if (waiting != null) {
                waiting.close();
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
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SSLException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private int firstByte(DuplexStream stream) throws IOException {
        try {
            stream.output().write(PING);
            return stream.input().read();
        } catch (SocketException e) {
            // With TLS 1.3 a server looks at the client's certificate after the handshake, and its reset may overtake
            // its reason.
            throw candidate.tls() == null ? e : new SSLException(EndpointTrouble.HUNG_UP + ": " + e.getMessage());
        }
    }

    /** Whether something answered, if only what nobody understands. */
    private static boolean speaks(String reason) {
        return reason.equals(Handshake.NO_ENGINE.toLowerCase(Locale.ROOT))
                || reason.contains("http")
                || reason.contains("unrecognized token")
                || reason.contains("end of chunk");
    }
}
