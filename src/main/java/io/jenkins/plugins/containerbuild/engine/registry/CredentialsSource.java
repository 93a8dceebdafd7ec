package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.util.Optional;

/**
 * Where the engine asks for a registry's credentials at the moment it needs them, and once more when the registry has
 * refused them, so that a token that expired meanwhile does no harm.
 */
@FunctionalInterface
public interface CredentialsSource {

    /** Nobody logs in anywhere. */
    CredentialsSource ANONYMOUS = entry -> Optional.empty();

    /**
     * The credentials for a registry, fetched anew at each call.
     *
     * @param entry the registry that is about to be contacted
     * @return nothing for anonymous access
     * @throws EngineException when credentials are configured but cannot be had; the message names their id
     */
    Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException;
}
