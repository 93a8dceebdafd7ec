package io.jenkins.plugins.containerbuild.engine.registry;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is known of a registry.
 *
 * @param id the name under which people choose it; never null or empty
 * @param address host and port
 * @param prefix the part of repository names that this entry is for, such as {@code team}, or null for all of them
 * @param credentialsId names the credentials for messages, or null for anonymous access
 * @param plainHttp whether the registry speaks HTTP without TLS
 * @param skipTlsVerify whether its certificate is not checked
 * @param defaultRegistry whether it fills in where a name has no host
 */
public record RegistryEntry(
        String id,
        RegistryAddress address,
        String prefix,
        String credentialsId,
        boolean plainHttp,
        boolean skipTlsVerify,
        boolean defaultRegistry)
        implements Serializable {

    /** Refuses a missing id or address. */
    public RegistryEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
    }

    /** An entry for a registry that nobody configured: anonymous, TLS, checked. */
    public static RegistryEntry unconfigured(RegistryAddress address) {
        return new RegistryEntry(address.host(), address, null, null, false, false, false);
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
