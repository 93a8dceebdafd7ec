package io.jenkins.plugins.containerbuild.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads back what a registry holds, by nothing but the JDK's client: it shares no code with what is tested. */
final class RegistryReader {
    private static final String MANIFEST_TYPES = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String base;
    private final HttpClient client;

    RegistryReader(String address, Optional<Path> caCertificate, Optional<TestAuthority.Identity> client) {
        base = (caCertificate.isPresent() ? "https://" : "http://") + address + "/v2/";
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        caCertificate.ifPresent(file -> builder.sslContext(trusting(file, client)));
        this.client = builder.build();
    }

    Optional<String> digest(String repository, String tag) {
        HttpRequest.Builder request =
                manifestRequest(repository, tag).method("HEAD", HttpRequest.BodyPublishers.noBody());
        return send(request)
                .map(answer -> answer.headers()
                        .firstValue("Docker-Content-Digest")
                        .orElseThrow(() -> new IllegalStateException(answer + " has no digest")));
    }

    Optional<String> manifest(String repository, String reference) {
        return send(manifestRequest(repository, reference)).map(HttpResponse::body);
    }

    private HttpRequest.Builder manifestRequest(String repository, String reference) {
        // A registry without authentication takes no notice of the header.
        String account = TestRegistry.USERNAME + ":" + TestRegistry.PASSWORD;
        return HttpRequest.newBuilder(URI.create(base + repository + "/manifests/" + reference))
                .timeout(PATIENCE)
                .header("Accept", MANIFEST_TYPES)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(answer);
                case 404 -> Optional.empty();
                default -> throw new IllegalStateException(answer + ": " + answer.body());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the registry at " + base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + base, e);
        }
    }

    private static SSLContext trusting(Path certificate, Optional<TestAuthority.Identity> client) {
        try (InputStream file = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(client.map(TestAuthority.Identity::keys).orElse(null), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not read the certificate " + certificate, e);
        }
    }
}
