package io.jenkins.plugins.containerbuild.engine.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why no HTTP answer came.
 *
 * @param kind what went wrong
 * @param why the reason in words
 */
public record TransportTrouble(Kind kind, String why) {

    private static final Pattern REFUSED_CERTIFICATE = Pattern.compile("certificate_required|bad_certificate");

    /** What can be in the way of an answer. */
    public enum Kind {
        /** The host's name has no address. */
        UNKNOWN_HOST,
        /** Nothing listens at host and port, or no way leads there. */
        CONNECTION_REFUSED,
        /** No connection or no answer within the time allowed. */
        TIMEOUT,
        /** The certificate is expired or signed by an authority that is not trusted here. */
        UNTRUSTED_CERTIFICATE,
        /** The other side lets in only who shows it a certificate that it knows. */
        CLIENT_CERTIFICATE_WANTED,
        /** The certificate is for other host names. */
        CERTIFICATE_HOST_MISMATCH,
        /** The proxy on the way does not let requests through. */
        PROXY_REFUSAL,
        /** What came is no HTTP, or broke off. */
        NOT_HTTP
    }

    /** Reads it out of what an HTTP client threw. */
    public static TransportTrouble of(IOException failure) {
        Optional<ProxyException> proxy = find(failure, ProxyException.class);
        if (proxy.isPresent()) {
            return new TransportTrouble(
                    proxy.get().isRefusal() ? Kind.PROXY_REFUSAL : Kind.CONNECTION_REFUSED,
                    proxy.get().getMessage());
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return new TransportTrouble(Kind.UNKNOWN_HOST, "the name of the host has no address");
        }
        return certificate(failure)
                .or(() -> clientCertificate(failure))
                .or(() -> connection(failure))
                .orElseGet(() -> new TransportTrouble(Kind.NOT_HTTP, conversation(failure)));
    }

    /**
     * Whether the failure of a TLS handshake may mean that the other side speaks no TLS. Some servers answer at once,
     * others wait for the end of what they take for the first line of a request.
     */
    public static boolean mayBePlain(IOException failure) {
        // HttpClient reports a silent handshake in the same way as a silent host.
        return find(failure, SocketTimeoutException.class).isPresent()
                || find(failure, SSLException.class).isPresent()
                        && certificate(failure).isEmpty()
                        && clientCertificate(failure).isEmpty();
    }

    /** The other side's alert (RFC 8446, section 6.2, and RFC 5246, section 7.2.2), as Java words it. */
    private static Optional<TransportTrouble> clientCertificate(IOException failure) {
        return find(failure, ClientCertificateException.class)
                .map(IOException.class::cast)
                .or(() -> find(failure, SSLException.class)
                        .filter(alert -> REFUSED_CERTIFICATE
                                .matcher(String.valueOf(alert.getMessage()))
                                .find()))
                .map(alert -> new TransportTrouble(
                        Kind.CLIENT_CERTIFICATE_WANTED,
                        "it wants a client certificate, and was shown none or one that it does not know"));
    }

    private static Optional<TransportTrouble> certificate(IOException failure) {
        Optional<SSLPeerUnverifiedException> mismatch = find(failure, SSLPeerUnverifiedException.class);
        if (mismatch.isPresent()) {
            return Optional.of(new TransportTrouble(
                    Kind.CERTIFICATE_HOST_MISMATCH,
                    "its certificate is for other names ("
                            + Excerpt.of(mismatch.get().getMessage()) + ")"));
        }
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return untrusted("its certificate has expired");
        }
        if (find(failure, CertificateNotYetValidException.class).isPresent()) {
            return untrusted("its certificate is not valid yet, or the clock here is slow");
        }
        // Path building, path validation and certificate parsing have this one ancestor in common.
        return find(failure, GeneralSecurityException.class).isPresent()
                ? untrusted("its certificate is not signed by an authority that is trusted here")
                : Optional.empty();
    }

    private static Optional<TransportTrouble> untrusted(String why) {
        return Optional.of(new TransportTrouble(Kind.UNTRUSTED_CERTIFICATE, why));
    }

    private static Optional<TransportTrouble> connection(IOException failure) {
        if (find(failure, SocketTimeoutException.class).isPresent() || systemTimeout(failure)) {
            return Optional.of(new TransportTrouble(Kind.TIMEOUT, "there was no answer in time"));
        }
        if (find(failure, NoRouteToHostException.class).isPresent()) {
            return Optional.of(new TransportTrouble(Kind.CONNECTION_REFUSED, "no way leads to this host"));
        }
        return find(failure, ConnectException.class)
                .map(e -> new TransportTrouble(
                        Kind.CONNECTION_REFUSED, "nothing accepts connections at this host and port"));
    }

    private static boolean systemTimeout(IOException failure) {
        return find(failure, ConnectException.class)
                .filter(e ->
                        String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connection timed out"))
                .isPresent();
    }

    private static String conversation(IOException failure) {
        return find(failure, SSLException.class)
                .map(e -> "no TLS connection came about (" + Excerpt.of(String.valueOf(e.getMessage())) + ")")
                .orElse("it does not answer in HTTP");
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        Throwable current = failure;
        // The bound keeps a chain that leads back to itself from going round for ever.
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (type.isInstance(current)) {
                return Optional.of(type.cast(current));
            }
            current = current.getCause();
        }
        return Optional.empty();
    }
}
