package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no registry of good will does; a real one cannot be made to. */
@Timeout(60)
class HostileRegistryTest {

    private static final String CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"riscv64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    private static final String PASSWORD = "the-password-of-the-test";
    private static final String TOKEN = "a-token-that-nobody-must-see";

    private final Map<String, String> documents = new ConcurrentHashMap<>();

    private static Digest digest(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String blob(String type, String content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(content) + "\",\"size\":" + content.length()
                + "}";
    }

    private static String image(String configType) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + blob(configType, CONFIG) + ",\"layers\":[]}";
    }

    private static String image() {
        return image("application/vnd.oci.image.config.v1+json");
    }

    private static String index(String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", entries) + "]}";
    }

    /** Serves the documents by their paths, and takes everything that is pushed. */
    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT") && path.contains("/manifests/")) {
            documents.put(path, new String(body, StandardCharsets.UTF_8));
            FakeRegistry.send(exchange, 201, Map.of(), "");
        } else if (documents.containsKey(path)) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            FakeRegistry.send(exchange, 200, Map.of(), head ? "" : documents.get(path));
        } else {
            FakeRegistry.send(exchange, 404, Map.of(), "{\"errors\":[{\"message\":\"not here\"}]}");
        }
    }

    private void has(String repository, String tag, String manifest) {
        documents.put("/v2/" + repository + "/manifests/" + tag, manifest);
        documents.put("/v2/" + repository + "/manifests/" + digest(manifest), manifest);
        documents.put("/v2/" + repository + "/blobs/" + digest(CONFIG), CONFIG);
    }

    private static MergeResult merge(FakeRegistry registry, String source) throws Exception {
        return merge(registry.plainEntry(), source, registry.host() + "/app:merged");
    }

    private static MergeResult merge(RegistryEntry entry, String source, String target) throws Exception {
        try (RegistryClientUnderTest under =
                RegistryClientUnderTest.with(Registries.of(List.of(entry)), RegistryClientUnderTest.login(PASSWORD))) {
            return under.client()
                    .merge(new MergeRequest(
                            List.of(ImageReference.parse(entry.address() + "/" + source)),
                            List.of(ImageReference.parse(target)),
                            Map.of()));
        }
    }

    @Test
    void anImageBecomesAnIndexOfOne() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(this::serve)) {
            has("app", "1", image());

            MergeResult result = merge(registry, "app:1");

            assertThat(result.platforms()).containsExactly(Map.entry("linux/riscv64", digest(image())));
            assertThat(documents.get("/v2/app/manifests/merged")).contains("\"architecture\":\"riscv64\"");
        }
    }

    private void isRefused(String manifest, String... words) throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(this::serve)) {
            has("app", "1", manifest);

            assertThatThrownBy(() -> merge(registry, "app:1"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not read the image " + registry.host() + "/app:1")
                    .hasMessageContainingAll(words);
            assertThat(documents).doesNotContainKey("/v2/app/manifests/merged");
        }
    }

    @Test
    void documentsWithoutEndAreNotRead() throws Exception {
        isRefused(" ".repeat((4 << 20) + 1), "larger than 4194304 bytes");
    }

    @Test
    void deepDocumentsAreNotRead() throws Exception {
        isRefused("[".repeat(100_000), "no JSON that can be read");
    }

    @Test
    void aDocumentThatSaysSomethingTwiceIsNotRead() throws Exception {
        isRefused(image().replace("\"layers\":[]", "\"layers\":[],\"layers\":[]"), "no JSON that can be read");
    }

    @Test
    void anImageThatIsAnIndexAsWellIsNeither() throws Exception {
        isRefused(image().replace("\"layers\":[]", "\"layers\":[],\"manifests\":[]"), "an image and an index at once");
    }

    @Test
    void anotherArtifactIsNoImage() throws Exception {
        isRefused(image("application/vnd.cncf.helm.config.v1+json"), "no image, but another artifact");
    }

    @Test
    void dockersOldFormatIsExplained() throws Exception {
        isRefused("{\"schemaVersion\":1,\"architecture\":\"amd64\"}", "Docker's old format (schema 1)");
    }

    @Test
    void anIndexInAnIndexIsNotTakenIn() throws Exception {
        isRefused(index(blob(MediaTypes.OCI_INDEX, "x")), "an index that holds another index");
    }

    @Test
    void anEmptyIndexIsNoSource() throws Exception {
        isRefused(index(), "an index without any image");
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:0123456789abcdef, no digest",
        "../../../../etc/passwd, no digest",
        "md5:0123456789abcdef0123456789abcdef, cannot be checked here"
    })
    void contentIsNamedByDigestsOnly(String name, String words) throws Exception {
        isRefused(
                index("{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + name
                        + "\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}"),
                words);
    }

    @ParameterizedTest
    @CsvSource({"'', amd64", "linux, ''", "linux, 'amd64\\u001b[2K'", "unknown, unknown"})
    void platformsAreRead(String os, String architecture) throws Exception {
        isRefused(
                index("{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + digest("x")
                        + "\",\"size\":1,\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture
                        + "\"}}"),
                "platform");
    }

    @Test
    void aRegistryThatForgetsWhatWasPushedIsNotBelieved() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
            serve(exchange);
            documents.computeIfPresent("/v2/app/manifests/merged", (path, pushed) -> image());
        })) {
            has("app", "1", image());

            assertThatThrownBy(() -> merge(registry, "app:1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("the registry now has " + digest(image()));
        }
    }

    @Test
    void aTokenServiceIsAskedForTheRepositoriesAndItsTokenIsHidden() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(this::withTokens)) {
            has("team/app", "1", image());

            assertThatThrownBy(() -> merge(registry.plainEntry(), "team/app:1", registry.host() + "/other/app:1"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("you sent ****")
                    .hasMessageNotContaining(TOKEN)
                    .hasMessageNotContaining(PASSWORD);

            assertThat(registry.requests())
                    .filteredOn(request -> request.contains("/token"))
                    .anyMatch(request -> request.contains("scope=repository%3Ateam%2Fapp%3Apull&"))
                    .anyMatch(request -> request.contains("scope=repository%3Aother%2Fapp%3Apull%2Cpush")
                            && request.contains("scope=repository%3Ateam%2Fapp%3Apull"));
        }
    }

    private void withTokens(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (exchange.getRequestURI().getPath().equals("/token")) {
            FakeRegistry.send(exchange, 200, Map.of(), "{\"token\":\"" + TOKEN + "\"}");
        } else if (authorization == null) {
            String realm = "Bearer realm=\"http://" + host + "/token\",service=\"fake\"";
            FakeRegistry.send(exchange, 401, Map.of("WWW-Authenticate", realm), "");
        } else if (exchange.getRequestMethod().equals("POST")) {
            String echo = "{\"errors\":[{\"message\":\"you sent " + authorization.replace("Bearer ", "") + "\"}]}";
            FakeRegistry.send(exchange, 400, Map.of(), echo);
        } else {
            serve(exchange);
        }
    }

    @Test
    void aPasswordGoesToNobodyElse() throws Exception {
        try (FakeRegistry thief = FakeRegistry.plain(exchange -> FakeRegistry.send(exchange, 200, Map.of(), CONFIG));
                FakeRegistry registry = FakeRegistry.plain(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        FakeRegistry.send(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=\"x\""), "");
                    } else if (path.contains("/blobs/")) {
                        FakeRegistry.send(exchange, 307, Map.of("Location", "http://" + thief.host() + "/blob"), "");
                    } else {
                        serve(exchange);
                    }
                })) {
            has("app", "1", image());

            merge(registry, "app:1");

            assertThat(thief.requests()).isNotEmpty();
            assertThat(thief.authorizations()).containsOnly("");
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> FakeRegistry.send(
                exchange, 307, Map.of("Location", exchange.getRequestURI().toString()), ""))) {
            assertThatThrownBy(() -> merge(registry, "app:1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("redirects more than 5 times");
        }
    }
}
