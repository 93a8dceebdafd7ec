package io.jenkins.plugins.containerbuild.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Gives out tokens for a {@link TestRegistry}, by the distribution project's "Token Authentication Specification". Accounts
 * and what they may do are the test's; what it was asked, it remembers.
 */
public final class TestTokenService implements AutoCloseable {

    /** The registry takes a token for so long after its end: clocks differ. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestAuthority authority;
    private final PrivateKey key;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> rights = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Duration life = Duration.ofMinutes(5);

    /** Starts one; close it. */
    public TestTokenService() {
        Path folder = Project.newFolder("tokens");
        authority = TestAuthority.in(folder);
        try {
            String pem = Files.readString(folder.resolve("authority-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
            key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no RSA", e);
        }
        server.setExecutor(threads);
        server.createContext("/token", this::handle);
        server.start();
    }

    /** Its address. */
    public String realm() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** The certificate (PEM) that signs its tokens. */
    Path certificate() {
        return authority.certificate();
    }

    /** Makes an account known. */
    public TestTokenService knows(String account, String password) {
        passwords.put(account, password);
        return this;
    }

    /** Allows something, such as {@code pull,push}; whatever else an account asks for it does not get. */
    public TestTokenService allows(String account, String repository, String actions) {
        rights.put(account + ' ' + repository, actions);
        return this;
    }

    /** How long tokens are good for from now on. */
    public void life(Duration duration) {
        life = duration;
    }

    /** Account and scopes of each request so far, {@code alice repository:team/app:pull}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Forgets what it was asked. */
    public void forget() {
        asked.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String account = account(exchange.getRequestHeaders().getFirst("Authorization"));
            List<String> scopes = new ArrayList<>();
            for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
                if (pair.startsWith("scope=")) {
                    scopes.add(URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8));
                }
            }
            asked.add((account + ' ' + String.join(" ", scopes)).strip());
            if (account == null) {
                send(exchange, 401, "{\"details\":\"incorrect username or password\"}");
            } else {
                send(exchange, 200, "{\"token\":\"" + token(account, scopes) + "\"}");
            }
        }
    }

    /** @return an empty text for nobody, null for somebody with a wrong password */
    private String account(String authorization) {
        if (authorization == null) {
            return "";
        }
        String pair = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        String name = pair.substring(0, pair.indexOf(':'));
        return pair.substring(pair.indexOf(':') + 1).equals(passwords.get(name)) ? name : null;
    }

    private String token(String account, List<String> scopes) {
        List<String> access = new ArrayList<>();
        for (String scope : scopes) {
            String[] parts = scope.split(":");
            List<String> granted = new ArrayList<>(List.of(parts[2].split(",")));
            granted.retainAll(
                    List.of(rights.getOrDefault(account + ' ' + parts[1], "").split(",")));
            access.add("{\"type\":\"repository\",\"name\":\"" + parts[1] + "\",\"actions\":["
                    + String.join(
                            ",",
                            granted.stream().map(action -> '"' + action + '"').toList()) + "]}");
        }
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"test-token-service\",\"aud\":\"test-registry\",\"sub\":\"" + account
                + "\",\"nbf\":" + (now - 120) + ",\"iat\":" + now + ",\"exp\":"
                + (now + life.minus(LEEWAY).toSeconds()) + ",\"jti\":\"" + UUID.randomUUID() + "\",\"access\":["
                + String.join(",", access) + "]}";
        String certificate = authority.certificateText().replaceAll("-----[A-Z ]+-----|\\s", "");
        String text = encoded("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"" + certificate + "\"]}")
                + '.'
                + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not sign a token", e);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
