package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Why an address does not lead to a daemon, and what helps.
 *
 * @param endpoint the address
 * @param why the reason
 * @param advice what to do next
 * @param cause the technical cause, or null
 */
record EndpointTrouble(EndpointCandidate endpoint, String why, String advice, Exception cause) {

    /** The message where a server ends a connection that TLS has been agreed on for. */
    static final String HUNG_UP = "it hung up after the TLS handshake";

    private static final String INSTALL =
            "Start Docker on this machine, mount its socket into the agent, or set DOCKER_HOST";

    /** What the file system already tells of a socket; null when nothing is wrong with it. */
    static EndpointTrouble visibleBeforehand(EndpointCandidate endpoint) {
        if (!"unix".equals(endpoint.uri().getScheme())) {
            return null;
        }
        Path socket = Path.of(endpoint.uri().getPath());
        if (!Files.exists(socket)) {
            return new EndpointTrouble(endpoint, "there is no such file", INSTALL, null);
        }
        if (Files.isDirectory(socket)) {
            return new EndpointTrouble(
                    endpoint,
                    "it is a directory; Docker makes one when it is told to mount a socket that does not exist",
                    "Remove the directory on the host, start Docker there, then create the container again",
                    null);
        }
        return null;
    }

    static EndpointTrouble of(EndpointCandidate endpoint, Exception failure) {
        String reason = DaemonMessages.reason(failure);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return new EndpointTrouble(
                    endpoint,
                    "the user '" + System.getProperty("user.name") + "' may not use the socket (permission denied)",
                    "Give that user the socket's group: docker run --group-add $(stat -c %g "
                            + endpoint.uri().getPath() + ") for an agent in a container, usermod -aG docker "
                            + System.getProperty("user.name") + " and a restart of the agent otherwise",
                    failure);
        }
        if (lower.contains("connection refused")) {
            return new EndpointTrouble(endpoint, "nothing listens there (connection refused)", INSTALL, failure);
        }
        if (lower.contains("http request to an https server")) {
            return new EndpointTrouble(
                    endpoint,
                    "it speaks TLS, but was spoken to without",
                    "Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or choose TLS credentials for the server",
                    failure);
        }
        if (endpoint.tls() != null && lower.contains("plaintext connection")) {
            return new EndpointTrouble(
                    endpoint,
                    "it does not speak TLS",
                    "Leave out the TLS credentials for this server only if the network between is safe",
                    failure);
        }
        if (reason.contains(HUNG_UP) || lower.contains("fatal alert") && lower.contains("certificate")) {
            return new EndpointTrouble(
                    endpoint,
                    "it does not take the client certificate, or the lack of one (" + reason + ")",
                    "Give it a client certificate and key of the authority that it trusts: cert.pem and key.pem in"
                            + " DOCKER_CERT_PATH, or TLS credentials for the server",
                    failure);
        }
        if (lower.contains("certification path") || lower.contains("certificate")) {
            return new EndpointTrouble(
                    endpoint,
                    "TLS failed (" + reason + ")",
                    "Check the server CA, and that the certificate names the host "
                            + endpoint.uri().getHost(),
                    failure);
        }
        return new EndpointTrouble(endpoint, reason, INSTALL, failure);
    }

    /** One exception for all addresses that were tried. */
    static EndpointException combined(List<EndpointTrouble> troubles) {
        if (troubles.size() == 1) {
            EndpointTrouble only = troubles.get(0);
            return new EndpointException(
                    "could not reach Docker at " + only.endpoint.uri() + " (" + only.endpoint.source() + ")",
                    only.why,
                    only.advice,
                    only.cause);
        }
        StringBuilder why = new StringBuilder("none of the usual sockets can be used: ");
        EndpointTrouble best = troubles.get(0);
        for (EndpointTrouble trouble : troubles) {
            why.append(trouble == troubles.get(0) ? "" : "; ")
                    .append(trouble.endpoint.uri())
                    .append(": ")
                    .append(trouble.why);
            // A socket that is there but refuses says more than one that is absent.
            best = best.cause == null && trouble.cause != null ? trouble : best;
        }
        return new EndpointException("could not find Docker", why.toString(), best.advice, best.cause);
    }
}
