package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server on a loopback port that serves files of a folder as they are, and its Git repositories ({@code *.git}) by
 * Git's own {@code http-backend}.
 */
final class ContextServer implements AutoCloseable {

    private static final String GIT = ".git";

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private volatile String token;

    ContextServer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** Lets Git repositories be read with this token alone, which takes the place of a password. */
    void requireToken(String value) {
        token = value;
    }

    private boolean isAllowed(HttpExchange exchange) {
        String header = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        String login =
                new String(Base64.getDecoder().decode(header.replaceFirst("(?i)^basic ", "")), StandardCharsets.UTF_8);
        return token == null || login.endsWith(":" + token);
    }

    /** Puts all that is in a folder into a new repository with one commit, on the branch {@code main}. */
    String repository(String name, Path content) throws Exception {
        Path repository = folder.resolve(name + GIT);
        run(content, "git", "init", "-q", "-b", "main");
        run(content, "git", "add", ".");
        run(content, "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one");
        run(folder, "git", "clone", "-q", "--bare", content.toString(), repository.toString());
        return url(name + GIT);
    }

    static void run(Path directory, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Arrays.toString(command) + ": " + output)
                .isZero();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.contains(GIT + "/") && !isAllowed(exchange)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (path.contains(GIT + "/")) {
                serveGit(exchange, path);
                return;
            }
            Path file = folder.resolve(path.substring(1)).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private void serveGit(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", path);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "QUERY_STRING",
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
        environment.put("CONTENT_LENGTH", String.valueOf(body.length));
        putHeader(environment, "CONTENT_TYPE", exchange, "Content-Type");
        putHeader(environment, "HTTP_CONTENT_ENCODING", exchange, "Content-Encoding");
        putHeader(environment, "HTTP_GIT_PROTOCOL", exchange, "Git-Protocol");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(body);
        }
        answer(exchange, new ByteArrayInputStream(process.getInputStream().readAllBytes()));
    }

    private static void putHeader(
            Map<String, String> environment, String variable, HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        byte[] body = output.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream input) throws IOException {
        List<Byte> bytes = new ArrayList<>();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            bytes.add((byte) next);
        }
        byte[] text = new byte[bytes.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = bytes.get(i);
        }
        return new String(text, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
