package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.PullQuota;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that are at the end of their means, or do what few do. */
@Timeout(60)
class OddRegistryTest {

    private static final String PASSWORD = "the-password-of-the-test";

    private final FakeContent content = new FakeContent().has("app", "1", FakeContent.image(""));
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    private DirectWork work(FakeRegistry registry, CredentialsSource credentials) throws Exception {
        return new DirectWork(
                Registries.of(List.of(registry.plainEntry())),
                credentials,
                secret -> {},
                events::add,
                RegistryUnderTest.POLICIES);
    }

    private static ImageReference name(FakeRegistry registry, String name) {
        return ImageReference.parse(registry.host() + "/" + name);
    }

    private CopyResult copy(FakeRegistry registry) throws Exception {
        return work(registry, CredentialsSource.ANONYMOUS)
                .copy(new CopyRequest(name(registry, "app:1"), List.of(name(registry, "copy:1")), false));
    }

    private FakeRegistry.Behaviour limited(String remaining, int refusals) {
        int[] left = {refusals};
        return exchange -> {
            if (exchange.getRequestURI().getPath().contains("/manifests/")) {
                exchange.getResponseHeaders().set("RateLimit-Limit", "100;w=21600");
                exchange.getResponseHeaders().set("RateLimit-Remaining", remaining + ";w=21600");
                if (left[0]-- > 0) {
                    FakeRegistry.send(
                            exchange,
                            429,
                            Map.of("Retry-After", "1"),
                            "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"You have reached your limit\"}]}");
                    return;
                }
            }
            content.serve(exchange);
        };
    }

    private List<String> warnings() {
        return events.stream()
                .filter(EngineEvent.Warning.class::isInstance)
                .map(event -> ((EngineEvent.Warning) event).text())
                .toList();
    }

    @Test
    void aQuotaThatIsNearlyUsedUpIsTold() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(limited("19", 0))) {
            work(registry, CredentialsSource.ANONYMOUS).inspect(new InspectRequest(name(registry, "app:1"), null));

            assertThat(warnings())
                    .containsExactly("At the registry " + registry.host()
                            + ", 19 of 100 pulls within 6 hours are left without a login");
        }
    }

    @Test
    void aQuotaThatWillDoIsNotWorthALine() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(limited("76", 0))) {
            copy(registry);

            assertThat(warnings()).isEmpty();
        }
    }

    @Test
    void anExhaustedQuotaIsWaitedFor() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(limited("0", 1))) {
            work(registry, CredentialsSource.ANONYMOUS).inspect(new InspectRequest(name(registry, "app:1"), null));

            assertThat(events)
                    .filteredOn(EngineEvent.Retry.class::isInstance)
                    .singleElement()
                    .extracting(event -> ((EngineEvent.Retry) event).delay())
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void anExhaustedQuotaThatStaysSoSaysWhoseItIsAndWhatHelps() throws Exception {
        FakeRegistry.Behaviour none = limited("0", Integer.MAX_VALUE);
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "300");
            none.answer(exchange);
        })) {
            assertThatThrownBy(() -> copy(registry))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("You have reached your limit; 0 of 100 pulls within 6 hours are left"
                            + " (without a login)")
                    .hasMessageContaining("log in for a higher limit, or use a mirror");
        }
    }

    @Test
    void theQuotaCanBeAskedForWithoutAPull() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(limited("76", 0))) {
            assertThat(work(registry, RegistryClientUnderTest.login(PASSWORD)).quota(name(registry, "app:1")))
                    .hasValue(new PullQuota(100, 76, Duration.ofHours(6)));
            assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1");
        }
    }

    @Test
    void aRefusalTellsOfTheQuotaWithoutAWait() throws Exception {
        FakeRegistry.Behaviour none = limited("0", Integer.MAX_VALUE);
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "300");
            none.answer(exchange);
        })) {
            assertThat(work(registry, CredentialsSource.ANONYMOUS).quota(name(registry, "app:1")))
                    .hasValue(new PullQuota(100, 0, Duration.ofHours(6)));
        }
    }

    @Test
    void aRegistryThatFailsTellsOfNoQuota() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> exchange.sendResponseHeaders(500, -1))) {
            assertThat(work(registry, CredentialsSource.ANONYMOUS).quota(name(registry, "app:1")))
                    .isEmpty();
        }
    }

    @Test
    void onlyDockerHubIsAskedForItsQuota() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(limited("76", 0))) {
            RegistryEntry entry = registry.plainEntry();
            try (RegistryClient client =
                    RegistryClient.open(Registries.of(List.of(entry)), CredentialsSource.ANONYMOUS, events::add)) {
                assertThat(client.quota(entry)).isEqualTo(Optional.empty());
            }
            assertThat(registry.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|DENIED|the quota of the project is exceeded|Make room",
                "403|DENIED|adding 1 MiB of storage will exceed the configured upper limit of 10 MiB|Make room",
                "507|UNKNOWN|insufficient|Make room",
                "500|UNKNOWN|write /var/lib: no space left on device|Make room",
                "413|SIZE_INVALID|too large|nginx: client_max_body_size",
                "403|DENIED|not yours|Give the account the right"
            })
    void whatIsNotTakenSaysWhy(int status, String code, String message, String advice) throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> refuseUploads(
                exchange, status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}"))) {
            assertThatThrownBy(() -> copy(registry))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("status " + status + ": " + message)
                    .hasMessageContaining(advice);
            assertThat(events).noneMatch(EngineEvent.Retry.class::isInstance);
        }
    }

    private void refuseUploads(HttpExchange exchange, int status, String error) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            FakeRegistry.send(exchange, 202, Map.of("Location", "/v2/copy/blobs/uploads/1"), "");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            exchange.getRequestBody().readAllBytes();
            FakeRegistry.send(exchange, status, Map.of(), error);
        } else {
            content.serve(exchange);
        }
    }

    @Test
    void anIndexThatLeadsToAnImageWhichIsNotThereIsTold() throws Exception {
        String lost = FakeContent.image(",\"annotations\":{\"is\":\"lost\"}");
        content.has(
                "app",
                "1",
                FakeContent.index(
                        FakeContent.descriptor(MediaTypes.OCI_MANIFEST, FakeContent.image("")),
                        FakeContent.descriptor(MediaTypes.OCI_MANIFEST, lost)));
        content.has("app", "there", FakeContent.image(""));
        try (FakeRegistry registry = FakeRegistry.plain(content::serve)) {
            assertThatThrownBy(() -> copy(registry))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(FakeContent.digest(lost).toString())
                    .hasMessageContaining("status 404");
            assertThat(content.get("/v2/copy/manifests/1")).isNull();
        }
    }

    @Test
    void aRegistryThatForgetsItsTypesIsUnderstoodByWhatItSends() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            content.serve(exchange);
        })) {
            assertThat(work(registry, CredentialsSource.ANONYMOUS)
                            .inspect(new InspectRequest(name(registry, "app:1"), null))
                            .digest())
                    .isEqualTo(FakeContent.digest(FakeContent.image("")));
        }
    }

    @Test
    void aWebPageInBetweenIsPassedOver() throws Exception {
        int[] pages = {2};
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
            if (exchange.getRequestMethod().equals("HEAD") && pages[0]-- > 0) {
                FakeRegistry.send(exchange, 200, Map.of("Content-Type", "text/html"), "");
            } else {
                content.serve(exchange);
            }
        })) {
            copy(registry);

            assertThat(content.get("/v2/copy/manifests/1")).isEqualTo(FakeContent.image(""));
            assertThat(events).filteredOn(EngineEvent.Retry.class::isInstance).hasSize(2);
        }
    }

    @Test
    void aServerOfWebPagesIsNoRegistry() throws Exception {
        try (FakeRegistry registry = FakeRegistry.plain(
                exchange -> FakeRegistry.send(exchange, 200, Map.of("Content-Type", "text/html"), "<html>"))) {
            assertThatThrownBy(() -> copy(registry))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("in 3 attempts: what answers at " + registry.host() + " is no registry");
        }
    }
}
