package io.jenkins.plugins.containerbuild.engine.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.Timeout;

/** Reads {@code Retry-After} (RFC 9110) off the registry's own answer to an anonymous {@code GET /v2/}. */
final class RetryAfterHeader implements RetryAfter {

    private static final Timeout LIMIT = Timeout.ofSeconds(5);

    @Override
    public Optional<Duration> askedBy(RegistryEntry entry) {
        try (CloseableHttpClient client = client()) {
            return client.execute(
                    new HttpGet(entry.api()),
                    answer -> answer.getCode() == HttpStatus.SC_TOO_MANY_REQUESTS
                            ? Optional.ofNullable(answer.getFirstHeader("Retry-After"))
                                    .flatMap(header -> RetryAfter.read(header.getValue(), Instant.now()))
                            : Optional.empty());
        } catch (IOException | RuntimeException e) {
            // Only a courtesy to the registry: without its wish the usual delay applies.
            return Optional.empty();
        }
    }

    private static CloseableHttpClient client() {
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(LIMIT)
                        .setSocketTimeout(LIMIT)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(LIMIT).build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .build();
    }
}
