package io.jenkins.plugins.containerbuild.engine.registry.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Answers as no real registry can be made to; and remembers who asked with what. */
public final class FakeRegistry implements AutoCloseable {

    static {
        // Else the JDK's server waits for 40 ms before the end of each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** What to do with a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private FakeRegistry(HttpServer server, Behaviour behaviour) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization == null ? "" : authorization);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    public static FakeRegistry plain(Behaviour behaviour) throws IOException {
        return new FakeRegistry(HttpServer.create(anyPort(), 0), behaviour);
    }

    public static FakeRegistry tls(SSLContext certificate, Behaviour behaviour) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return new FakeRegistry(server, behaviour);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public static void send(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::add);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public RegistryEntry plainEntry() throws InvalidRequestException {
        return entry(true, false);
    }

    public RegistryEntry entry(boolean plainHttp, boolean skipTlsVerify) throws InvalidRequestException {
        return new RegistryEntry(
                "fake", RegistryAddress.parse(host()), null, "fake-login", plainHttp, skipTlsVerify, false);
    }

    /** The Authorization header of every request so far; an empty text where there was none. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Method and address of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
