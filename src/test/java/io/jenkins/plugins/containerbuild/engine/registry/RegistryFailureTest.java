package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those that Docker Engine 20.10 and 26.1, podman 5 and registries were seen to use. */
class RegistryFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Get "https://127.0.0.1:5000/v2/": http: server gave HTTP response to HTTPS client | HTTP_ON_HTTPS
            Get "https://r.example/v2/": x509: certificate signed by unknown authority | UNTRUSTED_CERTIFICATE
            toomanyrequests: You have reached your pull rate limit | RATE_LIMITED
            received unexpected HTTP status: 429 Too Many Requests | RATE_LIMITED
            no basic auth credentials | UNAUTHORIZED
            unauthorized: authentication required | UNAUTHORIZED
            denied: requested access to the resource is denied | DENIED
            error parsing HTTP 403 response body: invalid character '<' looking for beginning of value | DENIED
            errors: denied: requested access to the resource is denied unauthorized: authentication required | UNAUTHORIZED
            manifest unknown: manifest unknown | NOT_FOUND
            manifest for r.example/app:1 not found: manifest unknown | NOT_FOUND
            Get "https://nowhere.example/v2/": dial tcp: lookup nowhere.example: no such host | UNKNOWN_HOST
            received unexpected HTTP status: 500 Internal Server Error | SERVER_ERROR
            received unexpected HTTP status: 503 Service Unavailable | SERVER_ERROR
            received unexpected HTTP status: 408 Request Timeout | CONNECTION
            dial tcp 127.0.0.1:5000: connect: connection refused | CONNECTION
            write tcp 127.0.0.1:1->127.0.0.1:5000: write: connection reset by peer | CONNECTION
            Patch "http://127.0.0.1:5000/v2/app/blobs/uploads/1": EOF | CONNECTION
            net/http: TLS handshake timeout | CONNECTION
            received unexpected HTTP status: 200 OK | NOT_A_REGISTRY
            error parsing HTTP 404 response body: invalid character '<' looking for beginning of value | NOT_A_REGISTRY
            error parsing HTTP 200 response body: invalid character '<' looking for beginning of value | NOT_A_REGISTRY
            an image does not exist locally with the tag: r.example/app | NOT_FOUND
            received unexpected HTTP status: 507 Insufficient Storage | NO_SPACE
            denied: requested access to the resource is denied: project quota exceeded | NO_SPACE
            received unexpected HTTP status: 413 Request Entity Too Large | TOO_LARGE
            write /var/lib/registry: no space left on device | NO_SPACE
            something nobody has heard of | OTHER
            """)
    void readsTheKindFromTheDaemonsWords(String words, Kind kind) {
        assertThat(RegistryFailure.of(words).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, false",
        "DENIED, false",
        "NOT_FOUND, false",
        "UNTRUSTED_CERTIFICATE, false",
        "HTTP_ON_HTTPS, false",
        "RATE_LIMITED, true",
        "SERVER_ERROR, true",
        "CONNECTION, true"
    })
    void onlyWhatMayPassIsTriedAgain(Kind kind, boolean passing) {
        assertThat(kind.isPassing()).isEqualTo(passing);
    }

    @Test
    void aSilentDaemonStillGivesAReason() {
        assertThat(RegistryFailure.of("  ").getMessage()).isEqualTo("no reason given");
    }
}
