package io.jenkins.plugins.containerbuild.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;

/**
 * Passes requests on to a registry and its answers back, bodies as streams. The kit's registries answer with relative
 * locations, so a client stays with the proxy.
 */
final class Forwarder {
    /** Headers between two neighbours, which each of the two connections has its own of. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String target;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Forwarder(String target) {
        this.target = target;
    }

    /** Passes on; ends after {@code limit} bytes of the answer's body. */
    void forward(HttpExchange exchange, long limit) throws IOException, InterruptedException {
        forward(exchange, body(exchange), limit);
    }

    /** Passes on only the first half of the request's body, as if it were all. */
    void forwardHalf(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] half = exchange.getRequestBody().readNBytes((int) (length(exchange) / 2));
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        forward(exchange, HttpRequest.BodyPublishers.ofByteArray(half), Long.MAX_VALUE);
    }

    /** How long a request's body says it is; 0 when it does not say. */
    static long length(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private void forward(HttpExchange exchange, HttpRequest.BodyPublisher sent, long limit)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request(exchange, sent), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
            answer.headers().map().forEach((name, values) -> {
                if (isPassedOn(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            }
            boolean chunked = answer.headers().firstValue("Transfer-Encoding").isPresent();
            exchange.sendResponseHeaders(answer.statusCode(), lengthToSend(head, chunked, length));
            if (!head) {
                copy(body, exchange.getResponseBody(), limit);
            }
        }
    }

    private HttpRequest request(HttpExchange exchange, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target + exchange.getRequestURI()));
        Headers headers = exchange.getRequestHeaders();
        headers.forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.method(exchange.getRequestMethod(), body).build();
    }

    private static HttpRequest.BodyPublisher body(HttpExchange exchange) {
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody);
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null) {
            return length.equals("0")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.fromPublisher(stream, Long.parseLong(length));
        }
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        return chunked ? stream : HttpRequest.BodyPublishers.noBody();
    }

    private static boolean isPassedOn(String header) {
        return !OF_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    /** In the terms of {@link HttpExchange#sendResponseHeaders}: -1 for no body, 0 for an unknown length. */
    private static long lengthToSend(boolean head, boolean chunked, long length) {
        if (head || length == 0 && !chunked) {
            return -1;
        }
        return chunked ? 0 : length;
    }

    private static void copy(InputStream from, OutputStream to, long limit) throws IOException {
        byte[] buffer = new byte[8192];
        long left = limit;
        int read = from.read(buffer);
        while (read >= 0 && left > 0) {
            to.write(buffer, 0, (int) Math.min(read, left));
            left -= read;
            read = from.read(buffer);
        }
        to.flush();
    }
}
