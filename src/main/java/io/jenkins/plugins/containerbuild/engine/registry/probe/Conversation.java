package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/**
 * The questions that a test asks a registry, in their order. The first goes out without credentials, so that whatever
 * turns out to be no registry never sees them.
 */
final class Conversation {

    private final ProbeHttp http;
    private final RegistryEntry entry;
    private final RegistryCredentials credentials;
    private final Findings findings;
    private final URI api;

    Conversation(ProbeHttp http, RegistryEntry entry, RegistryCredentials credentials) {
        this.http = http;
        this.entry = entry;
        this.credentials = credentials;
        findings = new Findings(entry, credentials);
        api = entry.api();
    }

    private URI withScheme(String scheme) {
        return URI.create(scheme + "://" + entry.address().apiHost() + "/v2/");
    }

    /**
     * @param repository what to ask rights for, or null for a login alone
     */
    ProbeResult hold(String repository) throws EngineException {
        Answer answer;
        try {
            answer = http.get(api, null);
        } catch (IOException e) {
            return notUnderstood(e);
        }
        if (entry.plainHttp() && wantsTls(answer)) {
            return findings.tlsOnly();
        }
        try {
            return judge(answer, repository);
        } catch (IOException e) {
            return findings.unreachable(TransportTrouble.of(e));
        }
    }

    private ProbeResult notUnderstood(IOException failure) throws EngineException {
        TransportTrouble trouble = TransportTrouble.of(failure);
        if (!entry.plainHttp() && TransportTrouble.mayBePlain(failure) && speaksPlainHttp()) {
            return findings.plainHttpOnly();
        }
        if (entry.plainHttp() && trouble.kind() == TransportTrouble.Kind.NOT_HTTP && speaksTls()) {
            return findings.tlsOnly();
        }
        return findings.unreachable(trouble);
    }

    private boolean wantsTls(Answer answer) throws EngineException {
        return answer.isRedirect() && answer.location().toLowerCase(Locale.ROOT).startsWith("https://")
                || answer.status() == 400 && speaksTls();
    }

    private boolean speaksPlainHttp() throws EngineException {
        try {
            // A TLS server that only disliked our handshake answers 400 to this.
            return http.getFromAnybody(withScheme("http")).status() != 400;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean speaksTls() throws EngineException {
        try {
            http.getFromAnybody(withScheme("https"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private ProbeResult judge(Answer answer, String repository) throws IOException, EngineException {
        if (answer.status() == 401) {
            Login.Outcome login = new Login(http, entry, credentials, findings).answer(answer, repository);
            return login.failure() != null ? login.failure() : loggedIn(login.authorization(), repository);
        }
        if (answer.status() == 200) {
            if (!answer.speaksRegistry()) {
                return findings.notARegistry(
                        answer.isHtml() ? "it answers with a web page" : "it answers, but not as a registry does");
            }
            String why = "it asks for no login"
                    + (credentials == null ? "" : ", so that the credentials could not be tried out");
            return repository == null ? findings.ok(why) : repository(repository, null, why);
        }
        if (answer.isRedirect()) {
            return findings.notARegistry("it redirects to " + Excerpt.of(answer.location()));
        }
        return findings.refusal(answer);
    }

    private ProbeResult loggedIn(String authorization, String repository) throws IOException, EngineException {
        Answer answer = http.get(api, authorization);
        if (answer.status() == 401) {
            return authorization.startsWith("Basic ") ? findings.wrongCredentials(answer) : findings.notAllowed(answer);
        }
        if (answer.status() != 200) {
            return answer.isRedirect()
                    ? findings.notARegistry("it redirects to " + Excerpt.of(answer.location()))
                    : findings.refusal(answer);
        }
        if (!answer.speaksRegistry()) {
            return findings.notARegistry("behind the login is something else than a registry");
        }
        String why = credentials == null
                ? "it gives out tokens without a login"
                : "the login "
                        + (credentials.username().isEmpty() ? "" : "as " + Excerpt.of(credentials.username()) + " ")
                        + "works";
        return repository == null ? findings.ok(why) : repository(repository, authorization, why);
    }

    /** Whether the repository may be read. One that is not there yet is nothing wrong. */
    private ProbeResult repository(String name, String authorization, String why) throws IOException, EngineException {
        Answer answer = http.get(api.resolve(name + "/tags/list?n=1"), authorization);
        if (answer.status() == 401) {
            return findings.notAllowed(answer);
        }
        if (answer.status() == 200 || answer.status() == 404) {
            return findings.ok(why + ", and the repository " + name + " may be read");
        }
        return findings.refusal(answer);
    }
}
