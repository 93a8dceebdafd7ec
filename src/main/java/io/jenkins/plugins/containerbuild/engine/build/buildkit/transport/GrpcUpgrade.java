package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Engine's two ways to its BuildKit: {@code POST /grpc}, where it is the server, and {@code POST /session}, where it
 * becomes the client of a session of ours. Both are upgrades to h2c, after whose answer the two sides speak HTTP/2. Not
 * one byte of HTTP/2 goes out before the answer is read, and nothing behind its header is read here.
 */
final class GrpcUpgrade {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*");
    private static final String FIXED_HEADERS =
            "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 0\r\n";

    private GrpcUpgrade() {}

    /**
     * Connects to the daemon's BuildKit.
     *
     * @throws BuildKitRefusedException when the daemon has none
     * @throws IOException when the connection fails
     */
    static DuplexStream open(EngineConnection connection) throws IOException {
        return open(connection, "/grpc", List.of());
    }

    /**
     * Offers the daemon a session.
     *
     * @param headers which session, and what it serves; names and values that are safe in a header
     * @throws BuildKitRefusedException when the daemon does not take it
     * @throws IOException when the connection fails
     */
    static DuplexStream openSession(EngineConnection connection, List<Map.Entry<String, String>> headers)
            throws IOException {
        return open(connection, "/session", headers);
    }

    private static DuplexStream open(EngineConnection connection, String path, List<Map.Entry<String, String>> headers)
            throws IOException {
        DuplexStream stream = connection.dial();
        try {
            within(LIMIT, "container engine " + connection.info().uri() + " buildkit", () -> {
                upgrade(stream, path, headers);
                return null;
            });
            return stream;
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** On a thread of its own, which ends with the stream: not every kind of stream listens to interrupts or has a limit. */
    private static void within(Duration limit, String name, Callable<Void> work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it does not answer within " + limit.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while connecting to BuildKit");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    static void upgrade(DuplexStream stream, String path, List<Map.Entry<String, String>> headers) throws IOException {
        String lines = headers.stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        String request = "POST " + path + " HTTP/1.1\r\n" + FIXED_HEADERS + lines + "\r\n";
        stream.output().write(request.getBytes(StandardCharsets.US_ASCII));
        stream.output().flush();
        String header = header(stream.input(), path);
        Matcher status = STATUS_LINE.matcher(header);
        if (!status.lookingAt()) {
            throw new IOException("the answer to POST " + path + " is not HTTP");
        }
        if (!status.group(1).equals("101")) {
            throw new BuildKitRefusedException("it answers POST " + path + " with HTTP status " + status.group(1));
        }
    }

    private static String header(InputStream input, String path) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n", Math.max(0, header.length() - 4)) < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the daemon closed the connection instead of answering POST " + path);
            }
            header.append((char) next);
            if (header.length() > LONGEST_HEADER) {
                throw new IOException("the answer to POST " + path + " has no end");
            }
        }
        return header.toString();
    }
}
