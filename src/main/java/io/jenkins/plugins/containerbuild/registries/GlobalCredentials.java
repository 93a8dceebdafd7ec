package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the test button uses, which belongs to no build: the credentials of the controller itself, or of a folder. */
final class GlobalCredentials implements CredentialsSource {

    private final Item folder;

    /** @param folder whose, or null for the controller's */
    GlobalCredentials(@CheckForNull Item folder) {
        this.folder = folder;
    }

    @Override
    public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException {
        return entry.credentialsId() == null
                ? Optional.empty()
                : Optional.of(RegistryLogins.login(
                        entry, find(entry.credentialsId(), RegistryLogins.requirements(entry.address()))));
    }

    @Override
    public Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) throws EngineException {
        return ProxyLogins.wanted(entry)
                ? Optional.of(ProxyLogins.login(
                        entry,
                        find(
                                entry.transport().proxy().credentialsId(),
                                ProxyLogins.requirements(
                                        entry.transport().proxy().uri()))))
                : Optional.empty();
    }

    @Override
    public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) throws EngineException {
        CertificateUse use = CertificateUse.of(entry);
        String id = use.credentialsId();
        return id == null
                ? Optional.empty()
                : Optional.of(ServerCertificates.material(use, find(id, ServerCertificates.requirements(use.uri()))));
    }

    @CheckForNull
    private StandardCredentials find(String id, List<DomainRequirement> requirements) {
        return folder == null
                ? CredentialsProvider.findCredentialByIdInItemGroup(
                        id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements)
                : CredentialsProvider.findCredentialByIdInItem(
                        id, StandardCredentials.class, folder, ACL.SYSTEM2, requirements);
    }
}
