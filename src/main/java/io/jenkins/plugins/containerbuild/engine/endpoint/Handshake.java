package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Asks a daemon who it is: {@code /version}, and {@code /_ping} where that does not name the API's version. */
final class Handshake {

    /** The message where something answers that names no API version. */
    static final String NO_ENGINE = "what answers there is no Docker Engine: it names no API version";

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DaemonHttp http;
    private final EndpointCandidate endpoint;
    private final Supplier<Duration> limit;

    Handshake(DaemonHttp http, EndpointCandidate endpoint) {
        this(http, endpoint, () -> LIMIT);
    }

    /** @param limit how long the next answer may take */
    Handshake(DaemonHttp http, EndpointCandidate endpoint, Supplier<Duration> limit) {
        this.http = http;
        this.endpoint = endpoint;
        this.limit = limit;
    }

    EngineInfo greet() throws IOException, DaemonRefusal, InterruptedException {
        JsonNode version = http.get("/version", limit.get(), response -> {
            try (InputStream body = response.getBody()) {
                return JSON.readTree(body.readNBytes(LARGEST_ANSWER));
            }
        });
        String newest = newestApi(version);
        if (!newest.matches("\\d{1,3}\\.\\d{1,3}")) {
            throw new IOException(NO_ENGINE);
        }
        String oldest = version.path("MinAPIVersion").asText("");
        return new EngineInfo(
                endpoint.uri().toString(),
                endpoint.source(),
                product(version),
                version.path("Version").asText("unknown"),
                ApiVersions.agree(newest, oldest).getVersion(),
                newest,
                oldest.isEmpty() ? newest : oldest,
                version.path("Os").asText("linux"),
                version.path("Arch").asText(""));
    }

    private String newestApi(JsonNode version) throws IOException, DaemonRefusal, InterruptedException {
        String told = version.path("ApiVersion").asText("");
        if (!told.isEmpty()) {
            return told;
        }
        String pinged = http.get("/_ping", limit.get(), response -> response.getHeader("Api-Version"));
        return pinged == null ? "" : pinged;
    }

    private static String product(JsonNode version) {
        String first = version.path("Components").path(0).path("Name").asText("");
        return first.isEmpty() || first.equals("Engine") ? "Docker Engine" : first;
    }
}
