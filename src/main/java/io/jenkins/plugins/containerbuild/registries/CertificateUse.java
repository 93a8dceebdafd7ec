package io.jenkins.plugins.containerbuild.registries;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;

/**
 * What certificates are wanted for.
 *
 * @param who for messages: "the Docker server 'name'"
 * @param uri where they are shown; credentials can be restricted to it
 * @param credentialsId which ones, or null for none
 */
record CertificateUse(String who, String uri, @CheckForNull String credentialsId) {

    static CertificateUse of(ConfiguredServer server) {
        return new CertificateUse(
                "the Docker server '" + server.getName() + "'", server.getUri(), server.getCredentialsId());
    }

    static CertificateUse of(RegistryEntry registry) {
        return new CertificateUse(
                "the registry '" + registry.id() + "'",
                "https://" + registry.address().host(),
                registry.transport().clientCertificateId());
    }

    static CertificateUse of(ConfiguredBuilder builder) {
        return new CertificateUse(
                "the builder '" + builder.getName() + "'", builder.firstAddress(), builder.getCredentialsId());
    }
}
