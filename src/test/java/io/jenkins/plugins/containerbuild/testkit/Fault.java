package io.jenkins.plugins.containerbuild.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a {@link FaultProxy} does with one request. The connection is closed after it when the answer is not complete. */
@FunctionalInterface
interface Fault {
    /** Passes the request on and the answer back. */
    Fault NONE = (exchange, forwarder) -> forwarder.forward(exchange, Long.MAX_VALUE);

    /** Ends the connection when half of the request's body has come. */
    Fault CUT_REQUEST_IN_THE_MIDDLE = (exchange, forwarder) ->
            cutRequestAfter(Forwarder.length(exchange) / 2).apply(exchange, forwarder);

    /** Passes half of a blob on as if it were all; other requests as they are. */
    Fault LOSE_HALF = (exchange, forwarder) -> {
        if (exchange.getRequestURI().getPath().contains("/blobs/uploads/")) {
            forwarder.forwardHalf(exchange);
        } else {
            NONE.apply(exchange, forwarder);
        }
    };

    void apply(HttpExchange exchange, Forwarder forwarder) throws IOException, InterruptedException;

    static Fault answer(int status, Map<String, String> headers, String contentType, String body) {
        return (exchange, forwarder) -> {
            // Read to the end first, or the client may see a reset in place of the answer.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            headers.forEach(exchange.getResponseHeaders()::set);
            boolean silent = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, silent ? -1 : bytes.length);
            if (!silent) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Fault cutRequestAfter(long bytes) {
        return (exchange, forwarder) -> exchange.getRequestBody().readNBytes((int) Math.min(bytes, Integer.MAX_VALUE));
    }

    static Fault cutResponseAfter(long bytes) {
        return (exchange, forwarder) -> forwarder.forward(exchange, bytes);
    }
}
