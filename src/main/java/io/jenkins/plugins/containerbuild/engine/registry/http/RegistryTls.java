package io.jenkins.plugins.containerbuild.engine.registry.http;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.PemReader;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS as a registry's entry wants it: authorities of its own besides this Java's, and a client certificate. */
final class RegistryTls {

    private final RegistryEntry entry;
    private final TlsMaterial client;
    private final NothingToShow nothing = new NothingToShow();

    /** @param client what the registry is shown, or null for nothing */
    RegistryTls(RegistryEntry entry, TlsMaterial client) {
        this.entry = entry;
        this.client = client;
    }

    /** For the registry itself. */
    SSLContext forRegistry() throws EngineException {
        return context(entry.skipTlsVerify(), client != null && client.clientKey() != null);
    }

    /** For what the registry leads to, which is shown no certificate of ours. */
    SSLContext forOthers() throws EngineException {
        return context(false, false);
    }

    /** Whether somebody wanted a client certificate where there was none to be shown. */
    boolean lacksCertificate() {
        return nothing.wasAsked();
    }

    private SSLContext context(boolean any, boolean shown) throws EngineException {
        try {
            KeyManager[] keys = shown ? PemReader.clientKeys(client) : new KeyManager[] {nothing};
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, any ? AnyCertificate.trust() : trusted(), null);
            return context;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new EngineException(
                    "could not prepare TLS for the registry '" + entry.id() + "'",
                    "its certificates or the key cannot be read (" + e.getMessage() + ")",
                    "Give them in PEM: the authority's certificate, and where the registry wants one a client certificate"
                            + " with an unencrypted key",
                    e);
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        List<X509Certificate> authorities = new ArrayList<>();
        if (entry.transport().caCertificate() != null) {
            authorities.addAll(PemReader.certificates(entry.transport().caCertificate()));
        }
        if (client != null && client.serverCa() != null) {
            authorities.addAll(PemReader.certificates(client.serverCa()));
        }
        if (authorities.isEmpty()) {
            return trust((KeyStore) null);
        }
        for (TrustManager known : trust((KeyStore) null)) {
            authorities.addAll(List.of(((X509TrustManager) known).getAcceptedIssuers()));
        }
        return trust(PemReader.authorities(authorities));
    }

    /** Of those in a store; without one, of those that this Java trusts. */
    private static TrustManager[] trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }
}
