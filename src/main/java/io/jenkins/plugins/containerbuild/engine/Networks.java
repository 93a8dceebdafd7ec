package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.network.NetworkStore;
import java.util.List;

/** The networks beside a build, on one daemon: got from {@link ContainerEngine#networks}. All calls block. */
public final class Networks {

    private final EngineListener listener;
    private final NetworkStore store;

    Networks(EngineConnection connection, EngineListener listener) {
        this.listener = listener;
        store = new NetworkStore(connection);
    }

    /**
     * Makes a network.
     *
     * @throws EngineException when there is one of this name, no such driver, or no address left
     * @throws InterruptedException when the thread was interrupted
     */
    public NetworkDetails create(NetworkRequest request) throws EngineException, InterruptedException {
        NetworkDetails made = store.create(request);
        listener.on(new EngineEvent.Note("Created the network " + made.name() + " with the driver " + made.driver()));
        return made;
    }

    /**
     * What the daemon knows of a network.
     *
     * @param network id or name
     * @throws EngineException when there is no such network
     * @throws InterruptedException when the thread was interrupted
     */
    public NetworkDetails inspect(String network) throws EngineException, InterruptedException {
        return store.inspect(network);
    }

    /**
     * The networks that a controller's builds have made.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<NetworkDetails> ownedBy(String controller) throws EngineException, InterruptedException {
        return store.ownedBy(controller);
    }

    /**
     * Lets a container join a network.
     *
     * @param aliases names by which others find it there
     * @throws EngineException when one of them is not there, or the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void connect(String network, String container, List<String> aliases)
            throws EngineException, InterruptedException {
        store.connect(network, container, aliases);
    }

    /**
     * Removes a network, after disconnecting what is in it; one that is gone already is passed over.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void remove(String network) throws EngineException, InterruptedException {
        store.remove(network);
    }
}
