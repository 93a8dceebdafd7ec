package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.registry.PullQuota;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.RetryAfter;
import io.jenkins.plugins.containerbuild.engine.registry.http.ErrorDocument;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** A registry's answer, read as far as somebody wants it; close it. */
final class Reply implements AutoCloseable {

    private static final int ERROR_LIMIT = 64 * 1024;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Watchdog.Watch watch;
    private boolean complete;

    /** @param watch over the whole answer, until this is closed */
    Reply(HttpUriRequestBase request, ClassicHttpResponse response, Watchdog.Watch watch) {
        this.request = request;
        this.response = response;
        this.watch = watch;
        complete = response.getEntity() == null;
    }

    int status() {
        return response.getCode();
    }

    boolean isRedirect() {
        return List.of(301, 302, 303, 307, 308).contains(status());
    }

    /** A header's value, or an empty text. */
    String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    List<String> challenges() {
        return Arrays.stream(response.getHeaders(HttpHeaders.WWW_AUTHENTICATE))
                .map(Header::getValue)
                .toList();
    }

    /** The body, for a caller that reads it while this is open; it may take long as long as it goes on. */
    InputStream body() throws IOException {
        return new FilterInputStream(content()) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int read = in.read(buffer, from, length);
                watch.moved();
                return read;
            }
        };
    }

    private InputStream content() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
    }

    /**
     * The whole body.
     *
     * @return nothing when it is longer than the limit
     */
    Optional<byte[]> bytes(int limit) throws IOException {
        byte[] bytes;
        try {
            bytes = content().readNBytes(limit + 1);
        } catch (IOException e) {
            throw watch.explained(e);
        }
        if (bytes.length > limit) {
            return Optional.empty();
        }
        complete = true;
        return Optional.of(bytes);
    }

    /** Whether a proxy or a web server answered in place of the registry, and took the request for its own. */
    boolean isWebPage() {
        return status() < 300 && isHtml();
    }

    /** What an answer that nobody wanted means. */
    RegistryFailure failure() {
        String left =
                status() == 429 ? quota().map(quota -> "; " + quota.words()).orElse("") : "";
        String words = "status " + status() + reason() + left;
        RegistryFailure failure = RegistryFailure.of(kind(words), words);
        return RetryAfter.read(header(HttpHeaders.RETRY_AFTER), Instant.now())
                .map(failure::withRetryAfter)
                .orElse(failure);
    }

    /** How often images may still be pulled, where the registry tells. */
    Optional<PullQuota> quota() {
        return PullQuota.of(header("RateLimit-Limit"), header("RateLimit-Remaining"));
    }

    private Kind kind(String words) {
        if (isRedirect()) {
            return Kind.NOT_A_REGISTRY;
        }
        return switch (status()) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> RegistryFailure.tellsOfSpace(words) ? Kind.NO_SPACE : Kind.DENIED;
            case 404 -> isHtml() ? Kind.NOT_A_REGISTRY : Kind.NOT_FOUND;
            case 408 -> Kind.CONNECTION;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMITED;
            case 507 -> Kind.NO_SPACE;
            default ->
                status() >= 500
                        ? RegistryFailure.tellsOfSpace(words) ? Kind.NO_SPACE : Kind.SERVER_ERROR
                        : status() < 300 ? isHtml() ? Kind.WEB_PAGE : Kind.NOT_A_REGISTRY : Kind.OTHER;
        };
    }

    private boolean isHtml() {
        return header(HttpHeaders.CONTENT_TYPE).toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    private String reason() {
        if (isRedirect()) {
            return ", a redirect to " + Excerpt.of(header(HttpHeaders.LOCATION));
        }
        try {
            byte[] bytes = bytes(ERROR_LIMIT).orElseGet(() -> new byte[0]);
            JsonNode document = Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            String reason = document == null ? "" : ErrorDocument.reason(document);
            return reason.isEmpty() ? "" : ": " + reason;
        } catch (JsonProcessingException e) {
            return ", not in a registry's words";
        } catch (IOException e) {
            return ""; // the status says enough
        }
    }

    /** Gives the connection back where all was read, and drops it otherwise: a body may have no end. */
    @Override
    public void close() {
        watch.close();
        if (!complete) {
            request.cancel();
            return;
        }
        try {
            response.close();
        } catch (IOException e) {
            request.cancel();
        }
    }
}
