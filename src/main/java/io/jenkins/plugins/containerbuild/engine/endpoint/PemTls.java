package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.SSLConfig;
import io.jenkins.plugins.containerbuild.engine.Secret;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS for a daemon out of PEM texts. The certificate's host name is always checked. */
final class PemTls implements SSLConfig {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient SSLContext context;

    private PemTls(SSLContext context) {
        this.context = context;
    }

    static PemTls of(TlsMaterial material, String host) throws EndpointException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(PemReader.clientKeys(material), trusted(material), null);
            return new PemTls(context);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new EndpointException(
                    "could not prepare TLS for " + host,
                    "the certificates or the key cannot be read (" + e.getMessage() + ")",
                    "Give them in PEM: server CA, client certificate and an unencrypted client key",
                    e);
        }
    }

    private static TrustManager[] trusted(TlsMaterial material) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // Without a store: those that the JVM trusts.
        trust.init(
                material.serverCa() == null
                        ? null
                        : PemReader.authorities(PemReader.certificates(material.serverCa())));
        return trust.getTrustManagers();
    }

    /** Reads {@code ca.pem}, {@code cert.pem} and {@code key.pem} as the docker CLI names them; each may be absent. */
    static PemTls ofDirectory(Path directory, String host) throws EndpointException {
        try {
            String key = read(directory.resolve("key.pem"));
            return of(
                    new TlsMaterial(
                            read(directory.resolve("ca.pem")),
                            read(directory.resolve("cert.pem")),
                            key == null ? null : Secret.of(key)),
                    host);
        } catch (IOException e) {
            throw new EndpointException(
                    "could not prepare TLS for " + host,
                    "the certificates in " + directory + " cannot be read (" + e.getMessage() + ")",
                    "Make ca.pem, cert.pem and key.pem readable for the user of this process",
                    e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : null;
    }

    @Override
    public SSLContext getSSLContext() {
        return context;
    }
}
