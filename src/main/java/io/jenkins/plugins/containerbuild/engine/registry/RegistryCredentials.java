package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.Secret;
import java.util.Objects;

/**
 * Who logs in to a registry. Not serializable; its text form shows the account's name only.
 *
 * @param username the account, or an empty text for an identity token
 * @param secret the password or access token, or the identity token
 * @param identityToken whether the secret is an OAuth identity (refresh) token instead of a password
 */
public record RegistryCredentials(String username, Secret secret, boolean identityToken) {

    /** Refuses null. */
    public RegistryCredentials {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(secret, "secret");
    }

    /** An account with its password or access token. */
    public static RegistryCredentials password(String username, Secret password) {
        return new RegistryCredentials(username, password, false);
    }
}
