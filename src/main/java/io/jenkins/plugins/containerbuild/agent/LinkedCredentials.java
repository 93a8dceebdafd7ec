package io.jenkins.plugins.containerbuild.agent;

import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
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
        return asked(entry, "the credentials", () -> link.credentialsFor(entry.id()))
                .map(WireCredentials::unwrap);
    }

    @Override
    public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) throws EngineException {
        return entry.transport().clientCertificateId() == null
                ? Optional.empty()
                : asked(entry, "the client certificate", () -> link.clientCertificateFor(entry.id()))
                        .map(WireTls::unwrap);
    }

    @Override
    public Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) throws EngineException {
        return entry.transport().proxy() == null
                ? Optional.empty()
                : asked(entry, "the proxy's credentials", () -> link.proxyCredentialsFor(entry.id()))
                        .map(WireCredentials::unwrap);
    }

    /** Something that the controller is asked for. */
    private interface Question<T> {
        T ask() throws EngineException, IOException, InterruptedException;
    }

    private static <T> Optional<T> asked(RegistryEntry entry, String what, Question<T> question)
            throws EngineException {
        try {
            return Optional.ofNullable(question.ask());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(entry, what, "the call was cancelled", e);
        } catch (IOException | RequestAbortedException e) {
            throw unanswered(entry, what, "the connection to the Jenkins controller was lost", e);
        }
    }

    private static EngineException unanswered(RegistryEntry entry, String what, String why, Exception cause) {
        return new EngineException("could not get " + what + " of the registry '" + entry.id() + "'", why, "", cause);
    }
}
