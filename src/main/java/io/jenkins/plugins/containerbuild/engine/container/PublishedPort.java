package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of a container and where it is to be reached, or is, on the daemon's host.
 *
 * @param address the host's address that it is bound to; not null
 * @param hostPort the host's port; null for one that the daemon chooses
 * @param containerPort the container's port
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record PublishedPort(String address, Integer hostPort, int containerPort, String protocol)
        implements Serializable {

    /** Where ports are bound to that name no address: a test's database is nobody else's business. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final long serialVersionUID = 1L;
    private static final int HIGHEST = 65535;

    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(?:(?<address>[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]+]):)?(?<host>[0-9]{0,5}):)?(?<container>[0-9]{1,5})"
                    + "(?:/(?<protocol>tcp|udp|sctp))?",
            Pattern.CASE_INSENSITIVE);

    /** Refuses null. */
    public PublishedPort {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(protocol, "protocol");
    }

    /**
     * Reads {@code [[ADDRESS:][HOST_PORT]:]CONTAINER_PORT[/PROTOCOL]}, the syntax of {@code docker run --publish}. Other
     * than there, a port without an address is bound to the loopback address alone.
     *
     * @param text not null
     * @throws InvalidRequestException when it is no such text
     */
    public static PublishedPort parse(String text) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text.trim());
        if (!matcher.matches()) {
            throw unreadable(text, "it is not made as [[ADDRESS:][HOST_PORT]:]CONTAINER_PORT[/PROTOCOL]");
        }
        String host = matcher.group("host");
        String address = matcher.group("address");
        String protocol = matcher.group("protocol");
        return new PublishedPort(
                address == null ? LOOPBACK : address.replaceAll("[\\[\\]]", ""),
                host == null || host.isEmpty() ? null : Integer.valueOf(port(text, host)),
                port(text, matcher.group("container")),
                protocol == null ? "tcp" : protocol.toLowerCase(Locale.ROOT));
    }

    private static int port(String text, String digits) throws InvalidRequestException {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > HIGHEST) {
            throw unreadable(text, port + " is no port");
        }
        return port;
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the port '" + text + "'", why, "Write for example 5432, 8080:80 or 127.0.0.1::53/udp");
    }
}
