package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * What came of a real attempt to connect and to speak with the daemon.
 *
 * @param connected whether a connection was made
 * @param answered whether {@code /_ping} was answered within the limit
 * @param failure what went wrong, in the system's or the daemon's words; null when nothing did
 * @param product "Docker Engine", "Podman Engine"; null unless it answered, as everything below
 * @param version the product's version
 * @param apiVersion the API version that was agreed on
 * @param serverApiVersion the newest API version that the daemon speaks
 * @param rootDir where the daemon keeps its data, on its own host
 * @param securityOptions as the daemon lists them: {@code name=seccomp,profile=default}, {@code name=rootless}; empty
 *     unless it told
 */
public record ConnectionFacts(
        boolean connected,
        boolean answered,
        String failure,
        String product,
        String version,
        String apiVersion,
        String serverApiVersion,
        String rootDir,
        List<String> securityOptions)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public ConnectionFacts {
        securityOptions = List.copyOf(securityOptions);
    }

    /** Whether the daemon says that it runs without root. */
    public boolean rootlessDaemon() {
        return securityOptions.stream().anyMatch(option -> option.startsWith("name=rootless"));
    }

    /** Whether the daemon maps the users of its containers to others ({@code userns-remap}). */
    public boolean remapsUsers() {
        return securityOptions.stream().anyMatch(option -> option.startsWith("name=userns"));
    }
}
