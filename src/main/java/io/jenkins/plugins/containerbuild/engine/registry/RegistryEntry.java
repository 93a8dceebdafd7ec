package io.jenkins.plugins.containerbuild.engine.registry;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * What is known of a registry.
 *
 * @param id the name under which people choose it; never null or empty
 * @param address host and port
 * @param prefix the part of repository names that this entry is for, such as {@code team}, or null for all of them
 * @param credentialsId names the credentials for messages, or null for anonymous access
 * @param transport how it is spoken to; never null
 * @param mirror the pull-through cache that is asked first when something is read, or null for none
 * @param defaultRegistry whether it fills in where a name has no host
 */
public record RegistryEntry(
        String id,
        RegistryAddress address,
        String prefix,
        String credentialsId,
        RegistryTransport transport,
        RegistryAddress mirror,
        boolean defaultRegistry)
        implements Serializable {

    /** Refuses a missing id, address or transport. */
    public RegistryEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(transport, "transport");
    }

    /** An entry without certificates, proxy or mirror. */
    public RegistryEntry(
            String id,
            RegistryAddress address,
            String prefix,
            String credentialsId,
            boolean plainHttp,
            boolean skipTlsVerify,
            boolean defaultRegistry) {
        this(
                id,
                address,
                prefix,
                credentialsId,
                RegistryTransport.TLS.withPlainHttp(plainHttp).withSkipTlsVerify(skipTlsVerify),
                null,
                defaultRegistry);
    }

    /** An entry for a registry that nobody configured: anonymous, TLS, checked. */
    public static RegistryEntry unconfigured(RegistryAddress address) {
        return new RegistryEntry(address.host(), address, null, null, RegistryTransport.TLS, null, false);
    }

    /** The same registry with another login; null for none. */
    public RegistryEntry withCredentials(String otherId) {
        return new RegistryEntry(id, address, prefix, otherId, transport, mirror, defaultRegistry);
    }

    /** The same registry, spoken to in another way. */
    public RegistryEntry withTransport(RegistryTransport other) {
        return new RegistryEntry(id, address, prefix, credentialsId, other, mirror, defaultRegistry);
    }

    /** Whether the registry speaks HTTP without TLS. */
    public boolean plainHttp() {
        return transport.plainHttp();
    }

    /** Whether its certificate is not checked. */
    public boolean skipTlsVerify() {
        return transport.skipTlsVerify();
    }

    /** Where the registry has its API: a URL that ends in {@code /v2/}. */
    public URI api() {
        return URI.create((plainHttp() ? "http" : "https") + "://" + address.apiHost() + "/v2/");
    }

    /** Whether an address is the registry's own: what is meant for it must not go anywhere else. */
    public boolean isAt(URI other) {
        URI api = api();
        return api.getScheme().equalsIgnoreCase(other.getScheme())
                && api.getHost().equalsIgnoreCase(other.getHost())
                && port(api) == port(other);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
    }

    /** Where a name without a host goes when this entry fills it in: host, and the prefix behind it. */
    public String domainWithPrefix() {
        return prefix == null ? address.host() : address.host() + '/' + prefix;
    }

    /** Whether a repository path, such as {@code team/app}, is this entry's business. */
    boolean covers(String path) {
        return prefix == null || path.equals(prefix) || path.startsWith(prefix + '/');
    }
}
