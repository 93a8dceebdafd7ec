package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads certificates and keys that are given as PEM texts. */
public final class PemReader {

    private PemReader() {}

    /**
     * The certificates of a text, in its order; at least one.
     *
     * @throws CertificateException when there is none, or one that cannot be read
     */
    public static List<X509Certificate> certificates(String pem) throws CertificateException {
        List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in the text");
        }
        return certificates;
    }

    /**
     * What shows the client's certificate to whoever asks for one; nothing does where there is none.
     *
     * @throws GeneralSecurityException when certificate and key cannot be used
     * @throws IOException when the key cannot be read
     */
    public static KeyManager[] clientKeys(TlsMaterial material) throws GeneralSecurityException, IOException {
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
                certificates(material.clientCertificate()).toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    /** A store of these authorities. */
    public static KeyStore authorities(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (X509Certificate authority : certificates) {
            store.setCertificateEntry("authority " + store.size(), authority);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
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
}
