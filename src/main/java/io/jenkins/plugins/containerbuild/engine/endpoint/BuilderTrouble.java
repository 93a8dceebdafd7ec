package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why a connection to a builder failed, and what helps.
 *
 * @param why the reason
 * @param advice what to do next
 */
record BuilderTrouble(String why, String advice) {

    /** "HTT" where the length of a frame was expected: the beginning of an HTTP/1 answer. */
    private static final String HTTP_1_AS_FRAME = Integer.toString('H' << 16 | 'T' << 8 | 'T');

    private static final int DEEPEST = 20;

    static BuilderTrouble of(BuilderAddress address, URI uri, Throwable failure) {
        List<Throwable> causes = causes(failure);
        StringBuilder said = new StringBuilder();
        causes.forEach(cause -> said.append(cause.getMessage()).append('\n'));
        String all = said.toString().toLowerCase(Locale.ROOT);
        String reason = DaemonMessages.reason(failure);
        if (uri.getScheme().equals("unix")) {
            return ofSocket(Path.of(uri.getPath()), all, reason);
        }
        BuilderTrouble unreached = unreached(uri, causes, all);
        if (unreached != null) {
            return unreached;
        }
        BuilderTrouble tls = address.tls() == null ? withoutTls(all) : ofTls(address, uri, all);
        return tls == null ? lost(reason) : tls;
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static BuilderTrouble ofSocket(Path socket, String all, String reason) {
        if (!Files.exists(socket)) {
            return new BuilderTrouble(
                    "there is no such file", "Start buildkitd on this machine, or mount its socket into the agent");
        }
        if (all.contains("permission denied")) {
            return new BuilderTrouble(
                    "the user '" + System.getProperty("user.name") + "' may not use the socket (permission denied)",
                    "Start buildkitd with --group and a group of that user, or run it rootless as that user");
        }
        if (all.contains("connection refused")) {
            return new BuilderTrouble(
                    "nothing listens there (connection refused)", "Start buildkitd on this machine again");
        }
        return lost(reason);
    }

    private static BuilderTrouble unreached(URI uri, List<Throwable> causes, String all) {
        if (any(causes, UnknownHostException.class)) {
            return new BuilderTrouble(
                    "the host name " + uri.getHost() + " is not known here",
                    "Check the name, and that the machine which builds can resolve it");
        }
        if (all.contains("connection refused")) {
            return new BuilderTrouble(
                    "nothing listens there (connection refused)",
                    "Start buildkitd with --addr tcp://0.0.0.0:" + uri.getPort() + " and its certificates");
        }
        if (any(causes, SocketTimeoutException.class) || any(causes, NoRouteToHostException.class)) {
            return new BuilderTrouble(
                    "it does not answer ("
                            + (any(causes, SocketTimeoutException.class) ? "timed out" : "no route to it") + ")",
                    "Check that the machine is up and that no firewall is between");
        }
        return any(causes, ConnectException.class) ? lost(DaemonMessages.reason(causes.get(0))) : null;
    }

    private static boolean any(List<Throwable> causes, Class<?> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private static BuilderTrouble withoutTls(String all) {
        if (all.contains(HTTP_1_AS_FRAME)) {
            return http1();
        }
        if (all.contains("end of stream")) {
            return new BuilderTrouble(
                    "it closed the connection",
                    "Should it expect TLS, give the builder credentials; otherwise look into the log of buildkitd");
        }
        return null;
    }

    private static BuilderTrouble http1() {
        return new BuilderTrouble(
                "what answers there speaks HTTP/1 and is no buildkitd",
                "Check the port; the BuildKit inside a Docker Engine is used by naming the Engine as the server");
    }

    private static BuilderTrouble ofTls(BuilderAddress address, URI uri, String all) {
        if (all.contains("no subject alternative") || all.contains("no name matching")) {
            return new BuilderTrouble(
                    "its certificate does not name the host " + uri.getHost(),
                    "Use the name that stands in the certificate, or issue one whose subjectAltName has this host");
        }
        if (all.contains("validity check failed") || all.contains("certificate expired")) {
            return new BuilderTrouble("its certificate has expired or is not valid yet", "Issue a new certificate");
        }
        if (all.contains("certification path") || all.contains("pkix") || all.contains("trustanchors")) {
            return new BuilderTrouble(
                    address.tls().serverCa() == null
                            ? "no authority that Java trusts signed its certificate, and no server CA was given"
                            : "the server CA given has not signed its certificate",
                    "Give the certificate of the authority that signed the one of buildkitd (--tlscert)");
        }
        if (all.contains("fatal alert")) {
            return ofAlert(address, all);
        }
        if (all.contains(Dialer.HUNG_UP.toLowerCase(Locale.ROOT))) {
            // The alert that says why can be lost when the server closes the connection right behind it.
            return notLetIn(address, "it hung up during the handshake");
        }
        if (all.contains("unrecognized ssl message") || all.contains("plaintext connection")) {
            return new BuilderTrouble(
                    "it does not speak TLS",
                    "Start buildkitd with --tlscert, --tlskey and --tlscacert; leave out the builder's credentials"
                            + " only if everybody in the network may build there");
        }
        boolean http1 = all.contains(Dialer.NO_SUCH_PROTOCOL.toLowerCase(Locale.ROOT)) || all.contains(HTTP_1_AS_FRAME);
        return http1 ? http1() : null;
    }

    private static BuilderTrouble ofAlert(BuilderAddress address, String all) {
        String alert = all.substring(all.indexOf("fatal alert") + "fatal alert".length())
                .lines()
                .findFirst()
                .orElse("");
        String name = alert.replaceFirst("^: ", "");
        if (name.contains("no_application_protocol")) {
            return http1();
        }
        if (!name.contains("certificate") && !name.contains("unknown_ca") && !name.contains("handshake_failure")) {
            return new BuilderTrouble("TLS failed (" + name + ")", "Look into the log of buildkitd");
        }
        return notLetIn(address, name);
    }

    private static BuilderTrouble notLetIn(BuilderAddress address, String how) {
        return address.tls().clientCertificate() == null
                ? new BuilderTrouble(
                        "it wants a client certificate, and none was given (" + how + ")",
                        "Give the builder a client certificate and its key")
                : new BuilderTrouble(
                        "it refuses the client certificate (" + how + ")",
                        "Use a client certificate that the authority in buildkitd's --tlscacert has signed and that has"
                                + " not expired");
    }

    private static BuilderTrouble lost(String reason) {
        return new BuilderTrouble(
                reason, "Look into the log of buildkitd: it may have been stopped, or run out of memory");
    }

    /** Of one that had answered before. */
    static BuilderTrouble ofLoss(Throwable failure) {
        String reason = DaemonMessages.reason(failure);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("end of stream")) {
            return lost("it closed the connection");
        }
        return lost(lower.contains("keepalive") ? "it gives no sign of life any more" : reason);
    }
}
