package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.RemoteBuilders;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDoctor;
import io.jenkins.plugins.containerbuild.engine.socket.SocketRepair;
import java.util.List;
import java.util.Map;

/**
 * What a task may open where it runs.
 *
 * @param endpoint which Docker Engine
 * @param registries the registries that the call knows
 * @param credentials asked whenever a registry wants a login
 * @param secrets asked whenever a build needs one that only the controller knows
 * @param listener told what happens
 */
public record EngineAccess(
        EndpointRequest endpoint,
        Registries registries,
        CredentialsSource credentials,
        BuildSecrets secrets,
        EngineListener listener) {

    /** The Docker Engine, for the caller to close. */
    ContainerEngine engine() throws EngineException, InterruptedException {
        return ContainerEngine.open(endpoint, registries, credentials, secrets, listener);
    }

    /** BuildKit daemons of their own, for the caller to close; the Engine is for images that are loaded. */
    RemoteBuilders builders(List<BuilderAddress> addresses) throws EngineException {
        return RemoteBuilders.open(
                addresses, endpoint, registries, credentials, secrets, endpoint.environment(), listener);
    }

    /** The registries themselves, for the caller to close. */
    RegistryClient registryClient() {
        return RegistryClient.open(registries, credentials, listener);
    }

    /**
     * Changes permissions of the endpoint's socket.
     *
     * @param helpers daemons that may run a command in the agent's own container
     */
    SocketRepair socketRepair(List<WireEndpoint> helpers) {
        Map<String, String> machine = System.getenv();
        return new SocketRepair(
                endpoint,
                helpers.stream().map(helper -> helper.unwrap(machine)).toList(),
                SocketRepair.usualRecords(machine),
                SocketDoctor.LIMIT);
    }
}
