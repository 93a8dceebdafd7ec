package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * HTTP with one daemon over docker-java's transport, made cancellable: the transport's reads and writes do not listen to
 * interrupts on every kind of socket, so each call runs on a worker thread while the caller waits. A caller that is
 * interrupted, or whose time is up, closes every connection to the daemon, and that is what makes the daemon stop: it
 * ends a build or push when its client goes away.
 */
final class DaemonHttp implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(1);
    private static final int ERROR_BODY_LIMIT = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DockerHttpClient client;
    private final ExecutorService workers;

    DaemonHttp(EndpointCandidate endpoint) {
        client = new ApacheDockerHttpClient.Builder()
                .dockerHost(endpoint.uri())
                .sslConfig(endpoint.isLocalSocket() ? new NoTls() : endpoint.tls())
                .connectionTimeout(CONNECT_LIMIT)
                .build();
        workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "container engine " + endpoint.uri());
            thread.setDaemon(true);
            return thread;
        });
    }

    DockerHttpClient client() {
        return client;
    }

    /** Runs a call that answers at once; the connection is unusable after a time-out or an interrupt. */
    <T> T call(Duration limit, Callable<T> call) throws IOException, DaemonRefusal, InterruptedException {
        return call(limit, () -> 0, call);
    }

    /** @param begun when the time began, by {@link System#nanoTime}; 0 for now */
    private <T> T call(Duration limit, LongSupplier begun, Callable<T> call)
            throws IOException, DaemonRefusal, InterruptedException {
        long start = System.nanoTime();
        Future<T> answer = workers.submit(call);
        try {
            while (limit != null) {
                long since = begun.getAsLong() == 0 ? start : begun.getAsLong();
                long left = limit.toNanos() - (System.nanoTime() - since);
                try {
                    return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (left <= 0) {
                        throw e;
                    }
                }
            }
            return answer.get();
        } catch (TimeoutException e) {
            abandon(answer);
            throw new IOException("no answer within " + limit.toMillis() / 1000.0 + " seconds", e);
        } catch (InterruptedException e) {
            abandon(answer);
            throw e;
        } catch (ExecutionException e) {
            throw unwrap(e.getCause());
        }
    }

    private void abandon(Future<?> answer) {
        answer.cancel(true);
        disconnect();
    }

    private static IOException unwrap(Throwable failure) throws DaemonRefusal {
        if (failure instanceof DaemonRefusal refusal) {
            throw refusal;
        }
        if (failure instanceof IOException exception) {
            return exception;
        }
        if (failure instanceof UncheckedIOException exception) {
            return exception.getCause();
        }
        if (failure instanceof RuntimeException exception && exception.getCause() instanceof IOException io) {
            // The transport wraps its I/O errors.
            return io;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new IOException(failure);
    }

    /** A small GET outside any API version, with what the caller takes from the answer. */
    <T> T get(String path, Duration limit, AnswerReader<T> reader)
            throws IOException, DaemonRefusal, InterruptedException {
        return exchange(Request.builder().method(Request.Method.GET).path(path).build(), limit, reader);
    }

    /** Sends a request, and hands over the answer, on a worker thread. */
    <T> T exchange(Request request, Duration limit, AnswerReader<T> reader)
            throws IOException, DaemonRefusal, InterruptedException {
        return exchange(request, limit, () -> 0, reader);
    }

    /** @param begun when the time began, by {@link System#nanoTime}; 0 for the beginning of the call */
    <T> T exchange(Request request, Duration limit, LongSupplier begun, AnswerReader<T> reader)
            throws IOException, DaemonRefusal, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            return call(limit, begun, () -> {
                try (Response response = client.execute(request)) {
                    refuseErrors(response);
                    return reader.read(response);
                } finally {
                    ended.countDown();
                }
            });
        } catch (InterruptedException e) {
            awaitEnd(ended);
            throw e;
        }
    }

    /** The connection is closed, upon which the worker ends; whoever interrupted the caller may do it again meanwhile. */
    private static void awaitEnd(CountDownLatch ended) {
        boolean interrupted = false;
        long end = System.nanoTime() + END_LIMIT.toNanos();
        for (boolean waiting = true; waiting; ) {
            try {
                waiting = !ended.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                        && System.nanoTime() < end;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what is wanted from an answer. */
    interface AnswerReader<T> {
        T read(Response response) throws IOException;
    }

    /**
     * Sends a request and hands over each JSON object of the answer as it comes, on a worker thread.
     *
     * @param silence how long none may come; null for as long as it takes
     */
    void stream(Request request, Duration silence, JsonSink sink)
            throws IOException, DaemonRefusal, InterruptedException {
        AtomicLong last = new AtomicLong();
        call(silence, last::get, () -> {
            try (Response response = client.execute(request)) {
                refuseErrors(response);
                try (MappingIterator<JsonNode> objects =
                        JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
                    while (objects.hasNextValue()) {
                        last.set(System.nanoTime());
                        sink.accept(objects.nextValue());
                    }
                }
                return null;
            }
        });
    }

    /** One whole answer. */
    static JsonNode json(InputStream body) throws IOException {
        return JSON.readTree(body);
    }

    private void refuseErrors(Response response) throws IOException, DaemonRefusal {
        if (response.getStatusCode() >= 200 && response.getStatusCode() < 300) {
            return;
        }
        String text;
        try (InputStream body = response.getBody()) {
            text = new String(body.readNBytes(ERROR_BODY_LIMIT), StandardCharsets.UTF_8).trim();
        }
        throw new DaemonRefusal(response.getStatusCode(), withoutFullStop(message(text, response.getStatusCode())));
    }

    private String message(String body, int status) {
        try {
            JsonNode parsed = JSON.readTree(body);
            String message = parsed == null ? "" : DaemonMessages.of(parsed);
            return message.isBlank() ? "HTTP status " + status : message;
        } catch (JsonProcessingException notJson) {
            return "HTTP status " + status + (body.isEmpty() ? "" : ": " + firstLine(body));
        }
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private void disconnect() {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            // Nothing depends on a connection that is given up.
            System.getLogger(DaemonHttp.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection to the daemon failed", e);
        }
    }

    @Override
    public void close() {
        disconnect();
        workers.shutdownNow();
    }
}
