package io.jenkins.plugins.containerbuild.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A daemon that begins to tell of a push and then falls silent; a real one cannot be made to. */
@Timeout(30)
class SilentDaemonTest {

    /** So many that all of them take longer than the limit, which is far above the pause between two. */
    private static final int WORDS = 18;

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 200;

    private final CountDownLatch over = new CountDownLatch(1);

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Api-Version", "1.41");
        if (!path.endsWith("/push")) {
            byte[] version = "{\"Version\":\"20.10\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}"
                    .getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : version.length);
            exchange.getResponseBody().write(head ? new byte[0] : version);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int i = 0; i < WORDS; i++) {
                exchange.getResponseBody().write("{\"status\":\"Pushing\"}\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                Thread.sleep(PAUSE_MILLIS);
            }
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isLeftOnceItHasToldNothingForTooLong() throws Exception {
        HttpServer daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        daemon.setExecutor(threads);
        daemon.createContext("/", this::answer);
        daemon.start();
        AtomicInteger told = new AtomicInteger();
        try (EngineConnection connection = EngineConnection.open(
                new EndpointRequest("tcp://127.0.0.1:" + daemon.getAddress().getPort(), null, Map.of()), event -> {})) {
            assertThatThrownBy(() -> connection.stream(
                            DaemonRequest.post("/images/app/push"), LIMIT, piece -> told.incrementAndGet()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer within 3.0 seconds");
            // It took longer than that to tell all of it.
            assertThat(told).hasValue(WORDS);
        } finally {
            over.countDown();
            daemon.stop(0);
            threads.shutdownNow();
        }
    }
}
