package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.Secret;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.http.Challenge;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import io.jenkins.plugins.containerbuild.engine.registry.http.TokenService;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntities;

/**
 * The login of one session: none until the registry asks, then the Authorization header that it takes. It lives as long as
 * the session and is shared with nobody, so that what one account may do no other one does. For the threads of one call.
 */
final class SessionLogin {

    private static final int ANSWER_LIMIT = 64 * 1024;

    /** A registry that calls "a" a token must not have every a hidden. */
    private static final int SHORTEST_TOKEN = 16;

    private final CredentialsSource credentials;
    private final List<String> scopes;
    private final Consumer<Secret> secrets;
    private volatile String authorization;
    private volatile String account;
    private volatile GrantedRights granted;

    /**
     * @param credentials asked at each login
     * @param scopes the rights to ask a token service for, such as {@code repository:team/app:pull,push}
     * @param secrets told of each token, before anybody can echo it
     */
    SessionLogin(CredentialsSource credentials, List<String> scopes, Consumer<Secret> secrets) {
        this.credentials = credentials;
        this.scopes = List.copyOf(scopes);
        this.secrets = secrets;
    }

    /** The header for the next request, or null. */
    String authorization() {
        return authorization;
    }

    String account() {
        return account;
    }

    void forget() {
        authorization = null;
    }

    /** What the refusal of a request means: a token may allow less than was asked for. */
    RegistryFailure explained(RegistryFailure refusal) {
        // "repository:team/app:pull,push"; the first one is what the session is about.
        String own = scopes.isEmpty() ? "" : scopes.get(0);
        GrantedRights rights = granted;
        String asked = own.substring(own.lastIndexOf(':') + 1);
        if (rights == null || rights.allow(List.of(asked.split(",")))) {
            return refusal;
        }
        return RegistryFailure.of(
                Kind.TOO_FEW_RIGHTS,
                (account == null ? "without a login " : "logged in as '" + account + "', but ") + repository(own)
                        + " allows " + Excerpt.of(rights.words()) + " (asked for " + asked + "; "
                        + refusal.getMessage() + ")");
    }

    private static String repository(String scope) {
        return scope.substring(scope.indexOf(':') + 1, scope.lastIndexOf(':'));
    }

    /**
     * Logs in as the registry wants it, unless another thread has done so meanwhile.
     *
     * @param refused an answer with status 401
     * @param sent the header that it refused, or null
     * @throws SessionFailure when there is no way to log in, or the login failed
     */
    synchronized void answer(Session session, Reply refused, String sent) throws SessionFailure, EngineException {
        if (authorization != null && !authorization.equals(sent)) {
            return;
        }
        RegistryEntry entry = session.entry();
        Optional<RegistryCredentials> found = credentials.credentialsFor(entry);
        account = found.map(SessionLogin::name).orElse(null);
        List<Challenge> challenges = Challenge.parse(refused.challenges());
        Optional<Challenge> bearer = Challenge.find(challenges, "bearer");
        if (bearer.isPresent()) {
            authorization = "Bearer " + token(session, bearer.get(), found.orElse(null));
        } else if (Challenge.find(challenges, "basic").isEmpty()) {
            throw session.failed(
                    Kind.NOT_A_REGISTRY,
                    "it asks for a login in neither of the two ways that registries have (Basic and Bearer)");
        } else if (found.isEmpty() || found.get().identityToken()) {
            throw session.failed(refused.failure());
        } else {
            authorization = TokenService.basic(found.get());
        }
    }

    private static String name(RegistryCredentials login) {
        return login.username().isEmpty() ? "an identity token" : login.username();
    }

    private String token(Session session, Challenge challenge, RegistryCredentials login)
            throws SessionFailure, EngineException {
        try {
            URI realm = TokenService.realm(challenge.parameter("realm"), session.entry(), login != null);
            try (Reply reply = session.raw(question(realm, challenge, login))) {
                return token(session, realm, reply);
            }
        } catch (URISyntaxException e) {
            throw session.failed(Kind.OTHER, e.getReason());
        } catch (SessionFailure e) {
            throw e.duringLogin();
        }
    }

    private HttpUriRequestBase question(URI realm, Challenge challenge, RegistryCredentials login)
            throws URISyntaxException {
        HttpUriRequestBase request;
        if (login != null && login.identityToken()) {
            request = new HttpPost(realm);
            request.setEntity(
                    HttpEntities.createUrlEncoded(TokenService.form(challenge, scopes, login), StandardCharsets.UTF_8));
        } else {
            request = new HttpGet(TokenService.question(realm, challenge, scopes, login));
            if (login != null) {
                request.setHeader(HttpHeaders.AUTHORIZATION, TokenService.basic(login));
            }
        }
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        return request;
    }

    private String token(Session session, URI realm, Reply reply) throws SessionFailure {
        if (reply.status() != 200) {
            RegistryFailure failure = reply.failure();
            throw session.failed(RegistryFailure.of(
                    failure.kind() == Kind.NOT_FOUND ? Kind.OTHER : failure.kind(),
                    "its token service at " + Excerpt.of(realm.getAuthority()) + " answers with "
                            + failure.getMessage()));
        }
        try {
            byte[] bytes = reply.bytes(ANSWER_LIMIT).orElseGet(() -> new byte[0]);
            JsonNode json = Json.MAPPER.readTree(bytes);
            String token = TokenService.token(json)
                    .orElseThrow(() -> session.failed(
                            Kind.OTHER,
                            "its token service at " + Excerpt.of(realm.getAuthority()) + " answers without a token"));
            granted = scopes.isEmpty()
                    ? null
                    : GrantedRights.of(json, token, repository(scopes.get(0))).orElse(null);
            if (token.length() >= SHORTEST_TOKEN) {
                secrets.accept(Secret.of(token));
            }
            return token;
        } catch (JsonProcessingException e) {
            throw session.failed(
                    Kind.OTHER,
                    "its token service at " + Excerpt.of(realm.getAuthority())
                            + " answers with something else than JSON");
        } catch (IOException e) {
            throw session.lost(e);
        }
    }
}
