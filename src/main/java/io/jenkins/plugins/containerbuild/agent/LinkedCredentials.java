package io.jenkins.plugins.containerbuild.agent;

import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.io.IOException;
import java.util.Optional;

/** The agent's end: asks the controller for credentials when the engine needs them. */
final class LinkedCredentials implements CredentialsSource {

    private final ControllerLink link;

    LinkedCredentials(ControllerLink link) {
        this.link = link;
    }

    @Override
    public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException {
        try {
            return Optional.ofNullable(link.credentialsFor(entry.id())).map(WireCredentials::unwrap);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(entry, "the call was cancelled", e);
        } catch (IOException | RequestAbortedException e) {
            throw unanswered(entry, "the connection to the Jenkins controller was lost", e);
        }
    }

    private static EngineException unanswered(RegistryEntry entry, String why, Exception cause) {
        return new EngineException(
                "could not get the credentials of the registry '" + entry.id() + "'", why, "", cause);
    }
}
