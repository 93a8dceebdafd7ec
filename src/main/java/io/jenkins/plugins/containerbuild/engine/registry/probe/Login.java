package io.jenkins.plugins.containerbuild.engine.registry.probe;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.http.Challenge;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import io.jenkins.plugins.containerbuild.engine.registry.http.TokenService;
import io.jenkins.plugins.containerbuild.engine.registry.http.TransportTrouble;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Answers a registry's challenge: with the password itself, or with a token that its token service gives for it. Follows
 * the distribution project's "Token Authentication Specification" and "OAuth2 Token Authentication".
 *
 * <p>Where the token service is, the registry says, and a registry may be hostile: a password goes out only over TLS, or
 * to the very host that the entry names.
 */
final class Login {

    /** Holds either the Authorization header to go on with, or the finding that ends the test. */
    record Outcome(String authorization, ProbeResult failure) {

        static Outcome with(String authorization) {
            return new Outcome(authorization, null);
        }

        static Outcome failed(ProbeResult failure) {
            return new Outcome(null, failure);
        }
    }

    private final ProbeHttp http;
    private final RegistryEntry entry;
    private final RegistryCredentials credentials;
    private final Findings findings;

    Login(ProbeHttp http, RegistryEntry entry, RegistryCredentials credentials, Findings findings) {
        this.http = http;
        this.entry = entry;
        this.credentials = credentials;
        this.findings = findings;
    }

    /**
     * @param refused the registry's answer with status 401
     * @param repository what to ask rights for, or null for a login alone
     */
    Outcome answer(Answer refused, String repository) throws EngineException {
        List<Challenge> challenges = Challenge.parse(refused.challenges());
        Optional<Challenge> bearer = Challenge.find(challenges, "bearer");
        if (bearer.isPresent()) {
            return token(bearer.get(), repository);
        }
        if (Challenge.find(challenges, "basic").isEmpty()) {
            return Outcome.failed(findings.notARegistry(
                    "it asks for a login in neither of the two ways that registries have (Basic and Bearer)"));
        }
        if (credentials == null) {
            return Outcome.failed(findings.notAllowed(refused));
        }
        if (credentials.identityToken()) {
            return Outcome.failed(
                    findings.brokenLogin("it asks for a user name and password, and the credentials are a token only"));
        }
        return Outcome.with(TokenService.basic(credentials));
    }

    private Outcome token(Challenge challenge, String repository) throws EngineException {
        URI realm;
        try {
            realm = TokenService.realm(challenge.parameter("realm"), entry, credentials != null);
        } catch (URISyntaxException e) {
            return Outcome.failed(findings.brokenLogin(e.getReason()));
        }
        try {
            return read(realm, ask(realm, challenge, repository));
        } catch (IOException e) {
            return Outcome.failed(
                    findings.tokenServiceUnreachable(Excerpt.of(realm.getAuthority()), TransportTrouble.of(e)));
        } catch (URISyntaxException e) {
            return Outcome.failed(findings.brokenLogin("the address of its token service cannot be used"));
        }
    }

    private Answer ask(URI realm, Challenge challenge, String repository)
            throws IOException, URISyntaxException, EngineException {
        List<String> scopes = repository == null ? List.of() : List.of("repository:" + repository + ":pull,push");
        if (credentials != null && credentials.identityToken()) {
            return http.post(realm, TokenService.form(challenge, scopes, credentials));
        }
        return http.get(
                TokenService.question(realm, challenge, scopes, credentials),
                credentials == null ? null : TokenService.basic(credentials));
    }

    private Outcome read(URI realm, Answer answer) {
        String service = "its token service at " + Excerpt.of(realm.getAuthority());
        if (answer.status() == 200) {
            return TokenService.token(answer.json())
                    .map(token -> Outcome.with("Bearer " + token))
                    .orElseGet(() -> Outcome.failed(findings.brokenLogin(service + " answers without a token")));
        }
        if (answer.status() == 401 || answer.status() == 400 && credentials != null && credentials.identityToken()) {
            return Outcome.failed(
                    credentials == null ? findings.notAllowed(answer) : findings.wrongCredentials(answer));
        }
        if (answer.isRedirect()) {
            return Outcome.failed(findings.brokenLogin(service + " redirects, which logins must not follow"));
        }
        return Outcome.failed(
                answer.status() == 403 || answer.status() == 429 || answer.status() >= 500
                        ? findings.refusal(answer)
                        : findings.brokenLogin(service + " answers with status " + answer.status()));
    }
}
