package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.SSLConfig;
import io.jenkins.plugins.containerbuild.engine.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

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
            context.init(clientKeys(material), trusted(material), null);
            return new PemTls(context);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new EndpointException(
                    "could not prepare TLS for " + host,
                    "the certificates or the key cannot be read (" + e.getMessage() + ")",
                    "Give them in PEM: server CA, client certificate and an unencrypted client key",
                    e);
        }
    }

    private static KeyManager[] clientKeys(TlsMaterial material) throws GeneralSecurityException, IOException {
        if (material.clientCertificate() == null || material.clientKey() == null) {
            return new KeyManager[0];
        }
        // The store lives in this method only, so its password protects nothing.
        char[] password = new char[0];
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                key(material.clientKey()),
                password,
                certificates(material.clientCertificate()).toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    private static TrustManager[] trusted(TlsMaterial material) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // Without a store: those that the JVM trusts.
        trust.init(material.serverCa() == null ? null : authorities(material.serverCa()));
        return trust.getTrustManagers();
    }

    private static KeyStore authorities(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (Certificate authority : certificates(pem)) {
            store.setCertificateEntry("authority " + store.size(), authority);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in the text");
        }
        return certificates;
    }

    /** Bouncy Castle reads every form of PEM key (PKCS 1, PKCS 8, SEC 1) without being installed as a provider. */
    private static PrivateKey key(Secret pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PEMKeyPair pair) {
                    return converter.getKeyPair(pair).getPrivate();
                }
                if (object instanceof PrivateKeyInfo key) {
                    return converter.getPrivateKey(key);
                }
            }
            throw new IOException("there is no unencrypted private key in the text");
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
