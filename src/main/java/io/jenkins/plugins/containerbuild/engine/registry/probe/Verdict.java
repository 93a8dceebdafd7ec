package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;

/** Everything that a registry test can end with. A page or a script may branch on these; the sentences may change. */
public enum Verdict {
    /** It is a registry and lets this account in. */
    OK,
    /** The host's name has no address. */
    UNKNOWN_HOST,
    /** Nothing listens at host and port, or no way leads there. */
    CONNECTION_REFUSED,
    /** No connection or no answer within the time allowed. */
    TIMEOUT,
    /** Something answers, but not as a registry does. */
    NOT_A_REGISTRY,
    /** Its certificate is expired or signed by an authority that is not trusted here. */
    UNTRUSTED_CERTIFICATE,
    /** It lets in only who shows it a certificate, and the entry names none. */
    CLIENT_CERTIFICATE_WANTED,
    /** Its certificate is for other host names. */
    CERTIFICATE_HOST_MISMATCH,
    /** It was spoken to in TLS and answers plain HTTP. */
    HTTP_ON_HTTPS,
    /** It was spoken to in plain HTTP and expects TLS. */
    HTTPS_ON_HTTP,
    /** The proxy of its entry does not let requests through. */
    PROXY_REFUSAL,
    /** It does not accept this user name and password. */
    WRONG_CREDENTIALS,
    /** It knows who is asking, or accepts nobody without a login, and refuses. */
    NOT_ALLOWED,
    /** It has had too many requests from this account or address. */
    RATE_LIMITED,
    /** It is out of order: a 5xx status, or a login procedure that cannot work. */
    SERVER_ERROR;

    static Verdict of(TransportTrouble.Kind kind) {
        return switch (kind) {
            case UNKNOWN_HOST -> UNKNOWN_HOST;
            case CONNECTION_REFUSED -> CONNECTION_REFUSED;
            case TIMEOUT -> TIMEOUT;
            case UNTRUSTED_CERTIFICATE -> UNTRUSTED_CERTIFICATE;
            case CERTIFICATE_HOST_MISMATCH -> CERTIFICATE_HOST_MISMATCH;
            case CLIENT_CERTIFICATE_WANTED -> CLIENT_CERTIFICATE_WANTED;
            case PROXY_REFUSAL -> PROXY_REFUSAL;
            case NOT_HTTP -> NOT_A_REGISTRY;
        };
    }
}
