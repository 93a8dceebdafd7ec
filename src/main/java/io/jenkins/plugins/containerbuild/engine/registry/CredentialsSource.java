package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import java.util.Optional;

/**
 * Where the engine asks for what opens a registry at the moment it needs them, and once more when the registry has
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

    /**
     * The client certificate that a registry is shown, fetched anew at each call.
     *
     * @param entry the registry that is about to be contacted
     * @return nothing where the entry names none; an authority in it is trusted for this registry, too
     * @throws EngineException when one is configured but cannot be had; the message names its id
     */
    default Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) throws EngineException {
        return Optional.empty();
    }

    /**
     * The login to the proxy on the way to a registry, fetched anew at each call.
     *
     * @param entry the registry that is about to be contacted
     * @return nothing where there is no proxy, or it wants no login
     * @throws EngineException when credentials are configured but cannot be had; the message names their id
     */
    default Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) throws EngineException {
        return Optional.empty();
    }
}
