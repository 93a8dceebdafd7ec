package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;

/** A command whose work is done in registries themselves. */
abstract class RegistryCommand extends EngineCommand {

    /** Does the work and returns the document that tells of it. */
    abstract Report run(RegistryClient client) throws EngineException, InterruptedException;

    @Override
    Report open(EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException {
        try (RegistryClient client = RegistryClient.open(registries, credentials, listener)) {
            return run(client);
        }
    }
}
