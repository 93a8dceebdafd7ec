package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a token allows in a repository, as far as it can be read: most tokens are JSON Web Tokens that tell ("Docker Registry
 * v2 Bearer token specification", claim {@code access}), and some token services tell beside the token ({@code scope} of
 * OAuth). Only for messages: what is allowed, the registry decides.
 *
 * @param actions such as {@code pull}; empty when nothing is allowed
 */
record GrantedRights(List<String> actions) {

    GrantedRights {
        actions = List.copyOf(actions);
    }

    /**
     * Reads them.
     *
     * @param answer the token service's
     * @param token the token of it
     * @param repository its path
     * @return nothing when they cannot be read
     */
    static Optional<GrantedRights> of(JsonNode answer, String token, String repository) {
        String scope = answer.path("scope").asText("");
        if (!scope.isEmpty()) {
            return Optional.of(new GrantedRights(ofScopes(scope, repository)));
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.ISO_8859_1));
            JsonNode access = Json.MAPPER.readTree(claims).path("access");
            return access.isArray() ? Optional.of(new GrantedRights(ofAccess(access, repository))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> ofScopes(String scopes, String repository) {
        String prefix = "repository:" + repository + ":";
        List<String> actions = new ArrayList<>();
        for (String scope : scopes.split(" ")) {
            if (scope.startsWith(prefix)) {
                actions.addAll(List.of(scope.substring(prefix.length()).split(",")));
            }
        }
        return actions;
    }

    private static List<String> ofAccess(JsonNode access, String repository) {
        List<String> actions = new ArrayList<>();
        for (JsonNode entry : access) {
            if (entry.path("type").asText().equals("repository")
                    && entry.path("name").asText().equals(repository)) {
                entry.path("actions").forEach(action -> actions.add(action.asText()));
            }
        }
        return actions;
    }

    /** Whether all of these are allowed. */
    boolean allow(List<String> asked) {
        return actions.contains("*") || actions.containsAll(asked);
    }

    /** Such as {@code pull only}. */
    String words() {
        return actions.isEmpty() ? "nothing" : String.join(", ", actions) + " only";
    }
}
