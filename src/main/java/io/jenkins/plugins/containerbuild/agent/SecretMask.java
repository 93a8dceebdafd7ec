package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Hides the secrets that were handed out during one call wherever they turn up in a text, plainly or in the forms in
 * which registries and daemons echo them: URL-encoded, and in base64 with and without the account in front.
 */
final class SecretMask {

    private static final String HIDDEN = "****";

    /** Longest first, so that a secret inside another one does not leave the rest of it readable. */
    private final ConcurrentSkipListSet<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** From now on hides these credentials. */
    void add(RegistryCredentials credentials) {
        String secret = credentials.secret().reveal();
        if (!secret.isBlank()) {
            forms(credentials.username(), secret).forEach(secrets::add);
        }
    }

    private static Stream<String> forms(String username, String secret) {
        String login = username + ':' + secret;
        return Stream.concat(
                Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)),
                Stream.of(secret, login).flatMap(text -> base64(text).stream()));
    }

    private static List<String> base64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder standard = Base64.getEncoder();
        Base64.Encoder url = Base64.getUrlEncoder();
        return List.of(
                standard.encodeToString(bytes),
                standard.withoutPadding().encodeToString(bytes),
                url.encodeToString(bytes),
                url.withoutPadding().encodeToString(bytes));
    }

    /** The text with every secret replaced. */
    String hide(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, HIDDEN);
        }
        return result;
    }
}
