package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The controller's end of one call: hands out credentials and secrets, and knows when the agent is done. */
final class CallLink implements ControllerLink {

    private final Registries registries;
    private final CredentialsSource credentials;
    private final BuildSecrets secrets;
    private final CountDownLatch end = new CountDownLatch(1);

    CallLink(Registries registries, CredentialsSource credentials, BuildSecrets secrets) {
        this.registries = registries;
        this.credentials = credentials;
        this.secrets = secrets;
    }

    @Override
    public WireCredentials credentialsFor(String registryId) throws EngineException {
        RegistryEntry entry = entry(registryId);
        return entry == null
                ? null
                : credentials.credentialsFor(entry).map(WireCredentials::of).orElse(null);
    }

    @Override
    public WireTls clientCertificateFor(String registryId) throws EngineException {
        RegistryEntry entry = entry(registryId);
        return entry == null
                ? null
                : credentials.clientCertificateFor(entry).map(WireTls::of).orElse(null);
    }

    @Override
    public WireCredentials proxyCredentialsFor(String registryId) throws EngineException {
        RegistryEntry entry = entry(registryId);
        return entry == null
                ? null
                : credentials
                        .proxyCredentialsFor(entry)
                        .map(WireCredentials::of)
                        .orElse(null);
    }

    /** The controller's own entry of this id, or null. */
    private RegistryEntry entry(String registryId) {
        return registries.entries().stream()
                .filter(known -> known.id().equals(registryId))
                .findFirst()
                .orElse(null);
    }

    @Override
    public WireSecret secret(String id) throws EngineException {
        try (SecretBytes value = secrets.secret(id).orElse(null)) {
            return value == null ? null : WireSecret.of(value);
        }
    }

    @Override
    public List<WireSshKey> sshKeys(String id) throws EngineException {
        List<WireSshKey> keys = new ArrayList<>();
        for (SshKey key : secrets.sshKeys(id)) {
            try (key) {
                keys.add(WireSshKey.of(key));
            }
        }
        return keys;
    }

    @Override
    public void ended() {
        end.countDown();
    }

    /** Waits until the agent is done, but no longer than the bound; whether it is done. */
    boolean awaitEnd(Duration bound) throws InterruptedException {
        return end.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }
}
