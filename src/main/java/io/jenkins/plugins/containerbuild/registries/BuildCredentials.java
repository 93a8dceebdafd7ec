package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryProxy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs in to registries on behalf of one build: with what its item may use, looked up anew at every call, since clouds hand
 * out logins that expire. Every use is tracked. Stays on the controller.
 */
public final class BuildCredentials implements CredentialsSource {

    private final Run<?, ?> run;

    /**
     * @param run whose item decides which credentials are visible
     */
    public BuildCredentials(Run<?, ?> run) {
        this.run = Objects.requireNonNull(run, "run");
    }

    @Override
    public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException {
        if (entry.credentialsId() == null || entry.credentialsId().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                RegistryLogins.login(entry, find(entry.credentialsId(), RegistryLogins.requirements(entry.address()))));
    }

    @Override
    public Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) throws EngineException {
        if (!ProxyLogins.wanted(entry)) {
            return Optional.empty();
        }
        RegistryProxy proxy = entry.transport().proxy();
        return Optional.of(
                ProxyLogins.login(entry, find(proxy.credentialsId(), ProxyLogins.requirements(proxy.uri()))));
    }

    @Override
    public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) throws EngineException {
        return Optional.ofNullable(ServerCertificates.inRun(CertificateUse.of(entry), run));
    }

    private StandardCredentials find(String id, List<DomainRequirement> requirements) {
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, requirements);
        // The lookup itself does not track, unlike what its manual says.
        CredentialsProvider.track(run, found);
        return found;
    }
}
