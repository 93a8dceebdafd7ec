package io.jenkins.plugins.containerbuild.registries;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
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
        StandardCredentials found = CredentialsProvider.findCredentialById(
                entry.credentialsId(), StandardCredentials.class, run, RegistryLogins.requirements(entry.address()));
        // The lookup itself does not track, unlike what its manual says.
        CredentialsProvider.track(run, found);
        return Optional.of(RegistryLogins.login(entry, found));
    }
}
