package io.jenkins.plugins.containerbuild.cli;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;

/** A command whose work a Docker Engine does. */
abstract class DaemonCommand extends EngineCommand {

    /** Does the work and returns the document that tells of it. */
    abstract Report run(ContainerEngine engine) throws EngineException, InterruptedException;

    @Override
    Report open(EndpointRequest endpoint, Registries registries, CredentialsSource credentials, EngineListener listener)
            throws EngineException, InterruptedException {
        try (ContainerEngine engine = ContainerEngine.open(endpoint, registries, credentials, listener)) {
            return run(engine);
        }
    }
}
