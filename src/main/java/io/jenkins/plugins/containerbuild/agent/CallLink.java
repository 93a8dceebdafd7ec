package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The controller's end of one call: hands out credentials and knows when the agent is done. */
final class CallLink implements ControllerLink {

    private final Registries registries;
    private final CredentialsSource credentials;
    private final CountDownLatch end = new CountDownLatch(1);

    CallLink(Registries registries, CredentialsSource credentials) {
        this.registries = registries;
        this.credentials = credentials;
    }

    @Override
    public WireCredentials credentialsFor(String registryId) throws EngineException {
        Optional<RegistryEntry> entry = registries.entries().stream()
                .filter(known -> known.id().equals(registryId))
                .findFirst();
        return entry.isEmpty()
                ? null
                : credentials
                        .credentialsFor(entry.get())
                        .map(WireCredentials::of)
                        .orElse(null);
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
