package io.jenkins.plugins.containerbuild.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.util.List;

/**
 * What the engine's callable on an agent may ask of the controller while it runs; exported over the channel. Public for
 * Remoting's proxies only.
 */
public interface ControllerLink {

    /**
     * The credentials of a registry. The agent names the registry by its id, and the controller takes its own entry of
     * this id, so that an agent cannot ask for credentials which this call does not concern.
     *
     * @param registryId the entry's id
     * @return null for anonymous access
     * @throws EngineException when there are credentials, but they cannot be had
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    @CheckForNull
    WireCredentials credentialsFor(String registryId) throws EngineException, IOException, InterruptedException;

    /**
     * The client certificate for a registry, by the same rules as {@link #credentialsFor}.
     *
     * @return null for none
     * @throws EngineException when there is one, but it cannot be had
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    @CheckForNull
    WireTls clientCertificateFor(String registryId) throws EngineException, IOException, InterruptedException;

    /**
     * The login to the proxy on the way to a registry, by the same rules as {@link #credentialsFor}.
     *
     * @return null for none
     * @throws EngineException when there are credentials, but they cannot be had
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    @CheckForNull
    WireCredentials proxyCredentialsFor(String registryId) throws EngineException, IOException, InterruptedException;

    /**
     * The value of one of the build's secrets. The agent names it by its id in the Dockerfile, and the controller knows the
     * credentials that this call has for it, so that an agent cannot ask for any others.
     *
     * @param id the secret's id in the Dockerfile
     * @return null when this call knows of no such secret
     * @throws EngineException when it does, but the value cannot be had
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    @CheckForNull
    WireSecret secret(String id) throws EngineException, IOException, InterruptedException;

    /**
     * The keys of one of the build's SSH agents, by the same rules as {@link #secret}.
     *
     * @param id the agent's id in the Dockerfile
     * @return empty when this call knows of no such agent
     * @throws EngineException when it does, but the keys cannot be had
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    List<WireSshKey> sshKeys(String id) throws EngineException, IOException, InterruptedException;

    /**
     * The callable has ended, and so has the daemon's work for it.
     *
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    void ended() throws IOException, InterruptedException;
}
