package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.core.util.CertificateUtils;
import com.github.dockerjava.transport.SSLConfig;
import io.jenkins.plugins.containerbuild.engine.Secret;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for a daemon out of PEM texts. The certificate's host name is always checked. */
final class PemTls implements SSLConfig {

    @Serial
    private static final long serialVersionUID = 1L;

    /** docker-java protects the in-memory key store that it makes of a PEM key with this password. */
    private static final char[] KEY_STORE_PASSWORD = "docker".toCharArray();

    private final transient SSLContext context;

    private PemTls(SSLContext context) {
        this.context = context;
    }

    static PemTls of(TlsMaterial material, String host) throws EndpointException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = null;
            if (material.clientCertificate() != null && material.clientKey() != null) {
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(
                        CertificateUtils.createKeyStore(material.clientKey().reveal(), material.clientCertificate()),
                        KEY_STORE_PASSWORD);
            }
            TrustManagerFactory trust = null;
            if (material.serverCa() != null) {
                KeyStore authorities = CertificateUtils.createTrustStore(material.serverCa());
                if (authorities.size() == 0) {
                    throw new CertificateException("the server CA holds no certificate");
                }
                trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(authorities);
            }
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return new PemTls(context);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new EndpointException(
                    "could not prepare TLS for " + host,
                    "the certificates or the key cannot be read (" + e.getMessage() + ")",
                    "Give them in PEM: server CA, client certificate and an unencrypted client key",
                    e);
        }
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
