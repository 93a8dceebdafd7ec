package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Certificates for a registry in a folder, under the names that Docker gives them below {@code /etc/docker/certs.d} (its
 * manual, "Verify repository client with certificates"): {@code ca.crt}, {@code client.cert} and {@code client.key}.
 */
final class CertificateFolder {

    private CertificateFolder() {}

    /**
     * Reads what is there: an authority, a client certificate with its key, or both.
     *
     * @throws EngineException when there is neither, one of two is missing, or a file cannot be read
     */
    static TlsMaterial read(Path folder) throws EngineException {
        try {
            String authority = text(folder.resolve("ca.crt"));
            String certificate = text(folder.resolve("client.cert"));
            String key = text(folder.resolve("client.key"));
            if ((certificate == null) != (key == null)) {
                throw unusable(
                        folder,
                        certificate == null
                                ? "it has a client.key and no client.cert"
                                : "it has a client.cert and no client.key",
                        null);
            }
            if (authority == null && certificate == null) {
                throw unusable(folder, "it has neither a ca.crt nor a client.cert with a client.key", null);
            }
            return new TlsMaterial(authority, certificate, key == null ? null : Secret.of(key));
        } catch (IOException e) {
            throw unusable(folder, "its files cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : null;
    }

    private static EngineException unusable(Path folder, String why, IOException cause) {
        return new EngineException(
                "could not read the certificates in " + folder,
                why,
                "Put ca.crt, or client.cert and client.key, or all three there, in PEM",
                cause);
    }
}
