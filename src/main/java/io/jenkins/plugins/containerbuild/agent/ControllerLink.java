package io.jenkins.plugins.containerbuild.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;

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
     * The callable has ended, and so has the daemon's work for it.
     *
     * @throws IOException when the controller is gone
     * @throws InterruptedException when the calling thread was interrupted
     */
    void ended() throws IOException, InterruptedException;
}
