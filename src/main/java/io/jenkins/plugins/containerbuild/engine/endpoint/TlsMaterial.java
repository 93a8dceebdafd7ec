package io.jenkins.plugins.containerbuild.engine.endpoint;

import io.jenkins.plugins.containerbuild.engine.Secret;

/**
 * Certificates for a daemon that speaks TLS, in PEM. Held in memory only; not serializable.
 *
 * @param serverCa the authority that signed the daemon's certificate, or null for the JVM's own trust store
 * @param clientCertificate what the client shows, or null when the daemon asks for nothing
 * @param clientKey the key to it, or null when there is no client certificate
 */
public record TlsMaterial(String serverCa, String clientCertificate, Secret clientKey) {}
