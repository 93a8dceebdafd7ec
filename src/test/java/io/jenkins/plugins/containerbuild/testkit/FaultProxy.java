package io.jenkins.plugins.containerbuild.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Stands in front of a registry that speaks plain HTTP and passes everything on, except for what it was told to spoil:
 * answers that a real registry gives on a bad day, cut connections, waits. Its address is one that test engines accept
 * without TLS.
 *
 * <pre>{@code
 * proxy.on("PATCH", "/blobs/uploads/").first(2).answer(503);
 * proxy.on("PUT", "/manifests/").always().answer(429, Map.of("Retry-After", "1"), "text/plain", "slow down");
 * proxy.on("PATCH", "/blobs/uploads/").first(1).cutRequestAfter(1000);
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {

    static {
        // Else the JDK's server waits for 40 ms before the end of each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PlainHttpGate gate;
    private final Forwarder forwarder;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile FaultChance chance;

    private FaultProxy(String target) {
        forwarder = new Forwarder(target);
        server = newServer();
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        gate = new PlainHttpGate(server.getAddress(), threads);
    }

    /** Starts a proxy in front of a registry over plain HTTP; close it. */
    public static FaultProxy inFrontOf(TestRegistry registry) {
        if (registry.caCertificate().isPresent()) {
            throw new IllegalArgumentException(
                    "a proxy can spoil only what it can read, and this registry speaks HTTPS");
        }
        return new FaultProxy(registry.address());
    }

    /** {@code host:port}, to be used in place of the registry's. */
    public String address() {
        return gate.address();
    }

    /**
     * Begins a rule. The first rule that still applies to a request decides.
     *
     * @param method such as {@code PUT}, or {@code *}
     * @param pathPart what the request's path contains
     */
    public FaultRule.Times on(String method, String pathPart) {
        return new FaultRule.Times(method, pathPart, rules::add, closing);
    }

    /**
     * Spoils one in so many of the requests that no rule is for: connections are cut, before, in and after a request's body;
     * blobs lose half of themselves; answers are late, 429, 500, 502, or web pages.
     *
     * @param seed the same one spoils the same requests
     */
    public void spoilByChance(long seed, int oneIn) {
        chance = new FaultChance(seed, oneIn);
    }

    /** Forgets all rules; what waits goes on waiting. */
    public void behave() {
        rules.clear();
        chance = null;
    }

    /** All requests that came so far, as {@code METHOD path}, in order of arrival, spoilt ones included. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many requests came with this method and with this in their path. */
    public long count(String method, String pathPart) {
        Predicate<String> counted = request -> request.startsWith(method + " ") && request.contains(pathPart);
        return requests.stream().filter(counted).count();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            gate.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.stop(0);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a request does not end: " + requests);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getRawPath();
            requests.add(method + " " + path);
            Fault fault = rules.stream()
                    .filter(rule -> rule.appliesTo(method, path))
                    .findFirst()
                    .map(FaultRule::fault)
                    .orElseGet(() -> chance == null ? Fault.NONE : chance.of(method, path));
            fault.apply(exchange, forwarder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("could not open a loopback port", e);
        }
    }
}
