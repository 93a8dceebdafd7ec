package io.jenkins.plugins.containerbuild.engine.registry.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.RetryPolicies;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.http.FakeRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads that are cut, at a registry that can go on with them: the distribution project's of today cannot. */
@Timeout(60)
class BlobUploadTest {

    private static final int SIZE = 1_000_000;

    private final byte[] content = new byte[SIZE];
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final AtomicInteger uploads = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final Blob blob;
    private int cuts;
    private int cutAfter;
    private boolean resumes = true;
    private boolean appends = true;
    private boolean complete;

    BlobUploadTest() {
        new Random(7).nextBytes(content);
        blob = new Blob(ContentHash.of(content), SIZE);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "HEAD" -> FakeRegistry.send(exchange, complete ? 200 : 404, Map.of(), "");
            case "POST" -> {
                uploads.incrementAndGet();
                arrived.reset();
                FakeRegistry.send(
                        exchange, 202, Map.of("Location", "/v2/app/blobs/uploads/" + uploads + "?state=0"), "");
            }
            case "GET" -> position(exchange, path);
            case "PATCH" -> append(exchange);
            default -> complete(exchange);
        }
    }

    private void position(HttpExchange exchange, String path) throws IOException {
        if (!resumes || !path.endsWith("/uploads/" + uploads)) {
            FakeRegistry.send(exchange, 404, Map.of(), "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}");
            return;
        }
        String range = "0-" + Math.max(0, arrived.size() - 1);
        FakeRegistry.send(exchange, 204, Map.of("Range", range, "Location", path + "?state=" + arrived.size()), "");
    }

    private boolean isCut(HttpExchange exchange) throws IOException {
        if (cuts == 0) {
            arrived.write(exchange.getRequestBody().readAllBytes());
            return false;
        }
        cuts--;
        arrived.write(exchange.getRequestBody().readNBytes(cutAfter));
        return true;
    }

    private void append(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (!appends || !range.equals(arrived.size() + "-" + (SIZE - 1))) {
            exchange.getRequestBody().readAllBytes();
            FakeRegistry.send(exchange, 416, Map.of(), "{\"errors\":[{\"code\":\"RANGE_INVALID\"}]}");
        } else if (!isCut(exchange)) {
            FakeRegistry.send(exchange, 202, Map.of("Location", "/v2/app/blobs/uploads/" + uploads + "?state=end"), "");
        }
    }

    private void complete(HttpExchange exchange) throws IOException {
        if (!isCut(exchange)) {
            complete = Arrays.equals(arrived.toByteArray(), content);
            FakeRegistry.send(exchange, complete ? 201 : 400, Map.of(), "");
        }
    }

    private void send(FakeRegistry registry, RegistryUnderTest under) throws Exception {
        new BlobUpload(under.repository(registry.host() + "/app"), blob, under.tries(), "push app")
                .send(taker -> taker.take(new BlobStream(new ByteArrayInputStream(content), blob, sent::addAndGet)));
    }

    private RegistryUnderTest under(FakeRegistry registry) throws Exception {
        return new RegistryUnderTest(registry.plainEntry(), CredentialsSource.ANONYMOUS, RegistryUnderTest.POLICIES);
    }

    @Test
    void onlyTheRestIsSentWhereTheRegistryGoesOn() throws Exception {
        // More cuts than attempts: each of them brings the upload on.
        cuts = 8;
        cutAfter = 100_000;
        try (FakeRegistry registry = FakeRegistry.plain(this::serve);
                RegistryUnderTest under = under(registry)) {
            send(registry, under);

            assertThat(complete).isTrue();
            assertThat(uploads).hasValue(1);
            assertThat(registry.requests())
                    .filteredOn(request -> request.startsWith("PATCH"))
                    .hasSize(8);
            assertThat(under.retries())
                    .hasSize(8)
                    .extracting(EngineEvent.Retry::attempt)
                    .containsOnly(1);
        }
    }

    @Test
    void whatIsGivenUpBeginsAgain() throws Exception {
        cuts = 2;
        cutAfter = 100_000;
        resumes = false;
        try (FakeRegistry registry = FakeRegistry.plain(this::serve);
                RegistryUnderTest under = under(registry)) {
            send(registry, under);

            assertThat(complete).isTrue();
            assertThat(uploads).hasValue(3);
            assertThat(under.retries()).extracting(EngineEvent.Retry::attempt).containsExactly(1, 2);
        }
    }

    @Test
    void aRegistryThatPromisesTooMuchGetsAllOfIt() throws Exception {
        cuts = 1;
        cutAfter = 100_000;
        appends = false;
        try (FakeRegistry registry = FakeRegistry.plain(this::serve);
                RegistryUnderTest under = under(registry)) {
            send(registry, under);

            assertThat(complete).isTrue();
            assertThat(uploads).hasValue(2);
            assertThat(under.retries())
                    .extracting(EngineEvent.Retry::reason)
                    .last()
                    .asString()
                    .contains("did not go on with the upload: status 416");
        }
    }

    @Test
    void aRegistryThatCutsEveryUploadIsToldOf() throws Exception {
        cuts = Integer.MAX_VALUE;
        cutAfter = 100_000;
        resumes = false;
        try (FakeRegistry registry = FakeRegistry.plain(this::serve);
                RegistryUnderTest under = under(registry)) {
            assertThatThrownBy(() -> send(registry, under))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("could not push app in 5 attempts");
        }
    }

    @Test
    void aRegistryThatStopsReadingIsCutOff() throws Exception {
        RetryPolicies usual = RegistryUnderTest.POLICIES;
        RetryPolicies impatient = new RetryPolicies(
                usual.login(), usual.blob(), usual.manifest(), usual.pull(), usual.push(), Duration.ofSeconds(5));
        byte[] large = new byte[32 << 20];
        Blob many = new Blob(ContentHash.of(large), large.length);
        AtomicInteger tries = new AtomicInteger();
        try (FakeRegistry registry = FakeRegistry.plain(exchange -> {
                    if (exchange.getRequestMethod().equals("PUT") && tries.getAndIncrement() == 0) {
                        exchange.getRequestBody().readNBytes(1000);
                        try {
                            Thread.sleep(20_000);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    } else if (exchange.getRequestMethod().equals("PUT")) {
                        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                        FakeRegistry.send(exchange, 201, Map.of(), "");
                    } else {
                        resumes = false;
                        serve(exchange);
                    }
                });
                RegistryUnderTest under =
                        new RegistryUnderTest(registry.plainEntry(), CredentialsSource.ANONYMOUS, impatient)) {
            new BlobUpload(under.repository(registry.host() + "/app"), many, under.tries(), "push app")
                    .send(taker -> taker.take(new BlobStream(new ByteArrayInputStream(large), many, sent::addAndGet)));

            assertThat(under.retries())
                    .extracting(EngineEvent.Retry::reason)
                    .containsExactly("there was no answer in time");
        }
    }
}
