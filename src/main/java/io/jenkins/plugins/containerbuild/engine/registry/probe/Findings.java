package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.registry.DaemonSettings;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts findings into words; all advice of the registry test is here. */
final class Findings {

    private final RegistryEntry entry;
    private final RegistryCredentials credentials;
    private final String host;

    Findings(RegistryEntry entry, RegistryCredentials credentials) {
        this.entry = entry;
        this.credentials = credentials;
        this.host = entry.address().host();
    }

    ProbeResult ok(String why) {
        String what = "the registry " + host + " answers";
        DaemonSettings settings = DaemonSettings.of(List.of(entry));
        String snippet = settings.daemonJson();
        List<String> advice = new ArrayList<>();
        if (!settings.certificateFiles().isEmpty()) {
            advice.add(
                    "Docker itself needs the certificates too, on every machine with a daemon that uses the registry: "
                            + String.join("; ", settings.certificateFiles()));
        }
        if (!snippet.isEmpty()) {
            advice.add("Docker itself must be told too " + toldOf() + ": " + DaemonSettings.HOW);
        }
        return new ProbeResult(Verdict.OK, what, why, String.join(". ", advice), snippet.isEmpty() ? null : snippet);
    }

    private String toldOf() {
        if (entry.plainHttp()) {
            return "that this registry speaks plain HTTP";
        }
        return entry.skipTlsVerify()
                ? "that this registry has a certificate that it cannot check"
                : "of this registry's mirror";
    }

    /** Nothing that could be read came back from the registry. */
    ProbeResult unreachable(TransportTrouble trouble) {
        return result(Verdict.of(trouble.kind()), trouble.why(), adviceFor(trouble));
    }

    /** Nothing that could be read came back from the service that hands out its tokens. */
    ProbeResult tokenServiceUnreachable(String service, TransportTrouble trouble) {
        Verdict verdict =
                trouble.kind() == TransportTrouble.Kind.NOT_HTTP ? Verdict.SERVER_ERROR : Verdict.of(trouble.kind());
        return result(
                verdict,
                "it sends logins to its token service at " + service + ", and there " + trouble.why(),
                adviceFor(trouble));
    }

    private String adviceFor(TransportTrouble trouble) {
        return switch (trouble.kind()) {
            case UNKNOWN_HOST -> "Check the spelling, or have the name added to DNS. " + way();
            case CONNECTION_REFUSED -> "Check the port, that the registry is running, and the firewall on the way";
            case TIMEOUT -> "Check the address and the firewall on the way. " + way();
            case UNTRUSTED_CERTIFICATE ->
                "Renew the certificate if it is old; if it comes from an authority of your own, give that one's certificate in"
                        + " this entry and, for Docker, as /etc/docker/certs.d/" + host
                        + "/ca.crt on every machine with a daemon";
            case CERTIFICATE_HOST_MISMATCH ->
                "Write the address with a name that is in the certificate, or have the certificate issued for it";
            case CLIENT_CERTIFICATE_WANTED ->
                "Choose the client certificate in this entry, or another one, that the registry's authority has signed";
            case PROXY_REFUSAL -> "Check the proxy of this entry and its credentials, and see the proxy's log";
            default -> "Check host and port: the registry's web pages are often at another place than its API";
        };
    }

    private String way() {
        return entry.transport().proxy() == null
                ? "The test connects directly, without a proxy"
                : "The test goes by way of the proxy "
                        + entry.transport().proxy().uri();
    }

    ProbeResult plainHttpOnly() {
        String snippet = DaemonSettings.of(
                        List.of(entry.withTransport(entry.transport().withPlainHttp(true))))
                .daemonJson();
        return new ProbeResult(
                Verdict.HTTP_ON_HTTPS,
                "could not use the registry " + host,
                "it was spoken to in TLS and answers plain HTTP",
                "Best give it a certificate. Where the network is trusted, switch plain HTTP on for this entry"
                        + (snippet.isEmpty() ? "" : " and tell Docker as well: " + DaemonSettings.HOW),
                snippet.isEmpty() ? null : snippet);
    }

    ProbeResult tlsOnly() {
        return result(
                Verdict.HTTPS_ON_HTTP,
                "it was spoken to in plain HTTP and expects TLS",
                "Switch plain HTTP off for this entry");
    }

    ProbeResult notARegistry(String why) {
        return result(
                Verdict.NOT_A_REGISTRY,
                why,
                "Check host and port: the registry's web pages are often at another place than its API");
    }

    /** The registry answered with an error status; 401 is the business of the login. */
    ProbeResult refusal(Answer answer) {
        if (answer.status() == 429) {
            return rateLimited(answer);
        }
        if (answer.status() == 403) {
            return notAllowed(answer);
        }
        if (answer.status() >= 500) {
            return result(
                    Verdict.SERVER_ERROR,
                    "it answers with status " + answer.status() + said(answer),
                    "Look into the registry's log, and into that of a proxy in front of it");
        }
        return notARegistry("it answers status " + answer.status() + " where a registry has its API");
    }

    private ProbeResult rateLimited(Answer answer) {
        boolean seconds = answer.retryAfter().matches("[0-9]{1,6}");
        return result(
                Verdict.RATE_LIMITED,
                "it has had too many requests from " + (credentials == null ? "this address" : account())
                        + said(answer),
                (seconds ? "Try again in " + answer.retryAfter() + " seconds" : "Try again later")
                        + (credentials == null ? ", or log in: accounts usually have a higher limit" : ""));
    }

    ProbeResult notAllowed(Answer answer) {
        return credentials == null
                ? result(
                        Verdict.NOT_ALLOWED,
                        "it lets nobody in without a login, and this entry has no credentials" + said(answer),
                        "Choose credentials for it")
                : result(
                        Verdict.NOT_ALLOWED,
                        "it does not allow " + account() + " to use it (status " + answer.status() + ")" + said(answer),
                        "Give the account the right to pull and push there, or choose other credentials");
    }

    ProbeResult wrongCredentials(Answer answer) {
        return result(
                Verdict.WRONG_CREDENTIALS,
                "it does not accept " + account() + " with this password" + said(answer),
                "Check user name and password or token"
                        + Optional.ofNullable(entry.credentialsId())
                                .map(id -> " of the credentials '" + id + "'")
                                .orElse("")
                        + "; many registries want an access token instead of the password");
    }

    /** The login procedure cannot work, whoever logs in. */
    ProbeResult brokenLogin(String why) {
        return result(
                Verdict.SERVER_ERROR, why, "Correct the settings of the registry's authentication, and see its log");
    }

    private String account() {
        return credentials.username().isEmpty()
                ? "this token"
                : "the account '" + Excerpt.of(credentials.username()) + "'";
    }

    private static String said(Answer answer) {
        return answer.reason().isEmpty() ? "" : "; it says: " + answer.reason();
    }

    private ProbeResult result(Verdict verdict, String why, String advice) {
        return new ProbeResult(verdict, "could not use the registry " + host, why, advice, null);
    }
}
