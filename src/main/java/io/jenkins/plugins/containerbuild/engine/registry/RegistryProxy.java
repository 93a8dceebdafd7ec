package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * An HTTP proxy on the way to a registry.
 *
 * @param host its name or address; never null
 * @param port its port
 * @param credentialsId names the login that it wants, or null for none
 */
public record RegistryProxy(String host, int port, String credentialsId) implements Serializable {

    /** Refuses a missing host. */
    public RegistryProxy {
        Objects.requireNonNull(host, "host");
    }

    /**
     * Reads {@code http://host:port} or {@code host:port}.
     *
     * @param credentialsId names the login that it wants, or null for none
     * @throws InvalidRequestException when the text is no such address, or has a login in it
     */
    public static RegistryProxy parse(String text, String credentialsId) throws InvalidRequestException {
        String trimmed = text.trim();
        try {
            URI address = new URI(trimmed.contains("://") ? trimmed : "http://" + trimmed).parseServerAuthority();
            if (address.getUserInfo() != null) {
                // Not quoted: the login stands in it.
                throw unusable("it has a login in it", "Put the login into credentials and name them beside the proxy");
            }
            String path = Objects.requireNonNullElse(address.getPath(), "");
            boolean plain = "http".equalsIgnoreCase(address.getScheme());
            if (plain && address.getHost() != null && address.getPort() > 0 && path.matches("/?")) {
                return new RegistryProxy(address.getHost(), address.getPort(), credentialsId);
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: it may have a password in it.
        }
        throw unusable("it is no address of an HTTP proxy with a port", "Write it like http://proxy.example:3128");
    }

    private static InvalidRequestException unusable(String why, String advice) {
        return new InvalidRequestException("could not read the address of a registry's proxy", why, advice);
    }

    /** Its address as it is written: {@code http://host:port}. */
    public String uri() {
        return "http://" + host + ':' + port;
    }
}
