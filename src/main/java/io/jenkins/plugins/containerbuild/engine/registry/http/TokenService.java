package io.jenkins.plugins.containerbuild.engine.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
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
 * What a registry's token service is asked, and by which rules: the distribution project's "Token Authentication
 * Specification" and "OAuth2 Token Authentication".
 *
 * <p>Where the token service is, the registry says, and a registry may be hostile: a password goes out only over TLS, or
 * to the very host that the entry names.
 */
public final class TokenService {

    private TokenService() {}

    /** The Authorization header of an account with its password. */
    public static String basic(RegistryCredentials credentials) {
        String pair = credentials.username() + ':' + credentials.secret().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the token service's address out of a challenge's realm.
     *
     * @param entry the registry that names it
     * @param withLogin whether a password or token will be sent there
     * @throws URISyntaxException when it cannot or must not be used; the reason is fit for a message
     */
    public static URI realm(String text, RegistryEntry entry, boolean withLogin) throws URISyntaxException {
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
        if (plain && withLogin && !realm.getHost().equalsIgnoreCase(hostOf(entry))) {
            throw new URISyntaxException(
                    text,
                    "it wants the login to be sent over plain HTTP to another host, " + Excerpt.of(realm.getHost()));
        }
        return realm;
    }

    private static String hostOf(RegistryEntry entry) {
        return URI.create("https://" + entry.address().apiHost()).getHost();
    }

    /**
     * What is asked with GET, with the password in the Authorization header.
     *
     * @param credentials who asks, or null for nobody
     */
    public static URI question(URI realm, Challenge challenge, List<String> scopes, RegistryCredentials credentials)
            throws URISyntaxException {
        List<NameValuePair> asked = new ArrayList<>();
        asked.add(new BasicNameValuePair("service", challenge.parameter("service")));
        scopes.forEach(scope -> asked.add(new BasicNameValuePair("scope", scope)));
        if (credentials != null) {
            asked.add(new BasicNameValuePair("account", credentials.username()));
        }
        return new URIBuilder(realm).addParameters(asked).setFragment(null).build();
    }

    /** What is asked with POST by the holder of an identity token; to be sent as a form. */
    public static List<NameValuePair> form(Challenge challenge, List<String> scopes, RegistryCredentials credentials) {
        List<NameValuePair> asked = new ArrayList<>();
        asked.add(new BasicNameValuePair("service", challenge.parameter("service")));
        if (!scopes.isEmpty()) {
            // OAuth has them in one, with spaces between.
            asked.add(new BasicNameValuePair("scope", String.join(" ", scopes)));
        }
        asked.add(new BasicNameValuePair("grant_type", "refresh_token"));
        asked.add(new BasicNameValuePair("client_id", "container-build"));
        asked.add(new BasicNameValuePair("refresh_token", credentials.secret().reveal()));
        return asked;
    }

    /** The token of an answer; nothing when it has none that fits into a header. */
    public static Optional<String> token(JsonNode answer) {
        String token = answer.path("token").asText(answer.path("access_token").asText(""));
        // What goes into a header of ours must not be able to begin another one.
        return token.matches("[\\x21-\\x7e]+") ? Optional.of(token) : Optional.empty();
    }
}
