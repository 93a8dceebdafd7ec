package io.jenkins.plugins.containerbuild.engine.registry.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.URIBuilder;

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
    Outcome answer(Answer refused, String repository) {
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
        return Outcome.with(basic());
    }

    private String basic() {
        String pair = credentials.username() + ':' + credentials.secret().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome token(Challenge challenge, String repository) {
        URI realm;
        try {
            realm = realm(challenge.parameter("realm"));
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

    /** Reads the token service's address; the reason of the exception is fit for a message. */
    private URI realm(String text) throws URISyntaxException {
        URI realm;
        try {
            realm = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new URISyntaxException(text, "it names no usable address of a token service");
        }
        boolean secure = "https".equalsIgnoreCase(realm.getScheme());
        boolean plain = "http".equalsIgnoreCase(realm.getScheme());
        if (realm.getHost() == null || realm.getUserInfo() != null || !(secure || plain)) {
            throw new URISyntaxException(text, "it names no usable address of a token service");
        }
        if (plain && !entry.plainHttp()) {
            throw new URISyntaxException(
                    text, "it wants the login to be sent over plain HTTP, and this entry does not allow that");
        }
        if (plain && credentials != null && !realm.getHost().equalsIgnoreCase(registryHost())) {
            throw new URISyntaxException(
                    text,
                    "it wants the login to be sent over plain HTTP to another host, " + Excerpt.of(realm.getHost()));
        }
        return realm;
    }

    private String registryHost() {
        return URI.create("https://" + entry.address().apiHost()).getHost();
    }

    private Answer ask(URI realm, Challenge challenge, String repository) throws IOException, URISyntaxException {
        List<NameValuePair> asked = new ArrayList<>();
        asked.add(new BasicNameValuePair("service", challenge.parameter("service")));
        if (repository != null) {
            asked.add(new BasicNameValuePair("scope", "repository:" + repository + ":pull,push"));
        }
        if (credentials != null && credentials.identityToken()) {
            asked.add(new BasicNameValuePair("grant_type", "refresh_token"));
            asked.add(new BasicNameValuePair("client_id", "container-build"));
            asked.add(
                    new BasicNameValuePair("refresh_token", credentials.secret().reveal()));
            return http.post(realm, asked);
        }
        if (credentials != null) {
            asked.add(new BasicNameValuePair("account", credentials.username()));
        }
        URI question =
                new URIBuilder(realm).addParameters(asked).setFragment(null).build();
        return http.get(question, credentials == null ? null : basic());
    }

    private Outcome read(URI realm, Answer answer) {
        String service = "its token service at " + Excerpt.of(realm.getAuthority());
        if (answer.status() == 200) {
            JsonNode json = answer.json();
            String token = json.path("token").asText(json.path("access_token").asText(""));
            // What goes into a header of ours must not be able to begin another one.
            return token.matches("[\\x21-\\x7e]+")
                    ? Outcome.with("Bearer " + token)
                    : Outcome.failed(findings.brokenLogin(service + " answers without a token"));
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
