package io.jenkins.plugins.containerbuild.engine.registry;

import java.io.Serializable;

/**
 * How a registry is spoken to by whoever speaks to it without a daemon.
 *
 * @param plainHttp whether the registry speaks HTTP without TLS
 * @param skipTlsVerify whether its certificate is not checked
 * @param caCertificate certificates in PEM of the authorities that are trusted besides those of this Java, or null for none
 * @param clientCertificateId names the client certificate that is shown to the registry, or null for none
 * @param proxy by way of which it is reached, or null to reach it directly
 */
public record RegistryTransport(
        boolean plainHttp, boolean skipTlsVerify, String caCertificate, String clientCertificateId, RegistryProxy proxy)
        implements Serializable {

    /** TLS, with the authorities that this Java trusts, without a client certificate or a proxy. */
    public static final RegistryTransport TLS = new RegistryTransport(false, false, null, null, null);

    /** The same, with or without TLS. */
    public RegistryTransport withPlainHttp(boolean plain) {
        return new RegistryTransport(plain, skipTlsVerify, caCertificate, clientCertificateId, proxy);
    }

    /** The same, with or without a check of the registry's certificate. */
    public RegistryTransport withSkipTlsVerify(boolean skip) {
        return new RegistryTransport(plainHttp, skip, caCertificate, clientCertificateId, proxy);
    }

    /** Whether it reaches registries that a daemon without settings of its own cannot use. */
    boolean isSpecial() {
        return plainHttp || skipTlsVerify || caCertificate != null || clientCertificateId != null;
    }
}
