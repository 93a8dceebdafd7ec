package io.jenkins.plugins.containerbuild.engine.registry;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went wrong between a registry and its client. Where the daemon is the client, it hands on the registry's words as
 * text, and the kind is read from there. Stays inside the engine.
 */
public final class RegistryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Pattern STATUS =
            Pattern.compile("(?:http status:?|status code:?|parsing http|status from \\w+ request to \\S+:) *(\\d{3})");

    /** How the daemon puts it that it got a web page. */
    private static final String HTML = "invalid character '<'";

    /** What can go wrong; the order of the text rules below decides where several fit. */
    public enum Kind {
        HTTP_ON_HTTPS(false),
        UNTRUSTED_CERTIFICATE(false),
        RATE_LIMITED(true),
        UNAUTHORIZED(false),
        DENIED(false),
        NOT_FOUND(false),
        UNKNOWN_HOST(false),
        SERVER_ERROR(true),
        CONNECTION(true),
        PROXY_REFUSAL(false),
        CLIENT_CERTIFICATE_WANTED(false),
        WEB_PAGE(true),
        TOO_FEW_RIGHTS(false),
        NO_SPACE(false),
        TOO_LARGE(false),
        NOT_A_REGISTRY(false),
        OTHER(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same request may succeed a little later. */
        public boolean isPassing() {
            return passing;
        }
    }

    private final Kind kind;
    private final Duration retryAfter;

    private RegistryFailure(Kind kind, String text, Duration retryAfter) {
        super(text);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    static RegistryFailure of(String text) {
        String words = text.strip();
        return new RegistryFailure(
                kind(words.toLowerCase(Locale.ROOT)), words.isEmpty() ? "no reason given" : words, null);
    }

    /**
     * A failure whose kind is known.
     *
     * @param text the reason, without a full stop at its end
     */
    public static RegistryFailure of(Kind kind, String text) {
        return new RegistryFailure(kind, text, null);
    }

    /** The same, where the registry said how long it wants to be left alone; null when it did not. */
    public RegistryFailure withRetryAfter(Duration wish) {
        return new RegistryFailure(kind, getMessage(), wish);
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** How long the registry wants to be left alone, where it told its client. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static Kind kind(String text) {
        if (text.contains("server gave http response to https client")) {
            return Kind.HTTP_ON_HTTPS;
        }
        if (text.contains("x509") || text.contains("certificate")) {
            return Kind.UNTRUSTED_CERTIFICATE;
        }
        Kind byStatus = byStatus(text);
        return byStatus != null ? byStatus : byWords(text);
    }

    private static Kind byStatus(String text) {
        Matcher status = STATUS.matcher(text);
        if (!status.find()) {
            return null;
        }
        int code = Integer.parseInt(status.group(1));
        return switch (code) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> tellsOfSpace(text) ? Kind.NO_SPACE : Kind.DENIED;
            case 404 -> text.contains(HTML) ? Kind.NOT_A_REGISTRY : Kind.NOT_FOUND;
            case 408 -> Kind.CONNECTION;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMITED;
            case 507 -> Kind.NO_SPACE;
            default ->
                code >= 500
                        ? tellsOfSpace(text) ? Kind.NO_SPACE : Kind.SERVER_ERROR
                        : code < 300 ? Kind.NOT_A_REGISTRY : null;
        };
    }

    /** Whether a refusal is about what the registry has no room for: a project's quota, a full disk. */
    public static boolean tellsOfSpace(String words) {
        return containsAny(
                words.toLowerCase(Locale.ROOT),
                "quota",
                "configured upper limit",
                "insufficient storage",
                "no space left on device");
    }

    private static Kind byWords(String text) {
        if (tellsOfSpace(text)) {
            return Kind.NO_SPACE;
        }
        if (containsAny(text, "toomanyrequests", "too many requests", "rate limit")) {
            return Kind.RATE_LIMITED;
        }
        if (containsAny(
                text, "unauthorized", "authentication required", "no basic auth credentials", "incorrect user")) {
            return Kind.UNAUTHORIZED;
        }
        if (containsAny(text, "denied", "forbidden", "insufficient_scope", "not authorized")) {
            return Kind.DENIED;
        }
        if (containsAny(text, "no such host", "name or service not known")) {
            return Kind.UNKNOWN_HOST;
        }
        if (containsAny(text, "manifest unknown", "name unknown", "not found", "does not exist")) {
            return Kind.NOT_FOUND;
        }
        if (containsAny(text, "internal server error", "bad gateway", "service unavailable", "gateway timeout")) {
            return Kind.SERVER_ERROR;
        }
        if (containsAny(
                text,
                "connection refused",
                "connection reset",
                "broken pipe",
                "eof",
                "timeout",
                "timed out",
                "deadline exceeded",
                "closed network connection",
                "server misbehaving",
                "no route to host",
                "network is unreachable")) {
            return Kind.CONNECTION;
        }
        return containsAny(text, HTML, "unexpected http") ? Kind.NOT_A_REGISTRY : Kind.OTHER;
    }

    private static boolean containsAny(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
