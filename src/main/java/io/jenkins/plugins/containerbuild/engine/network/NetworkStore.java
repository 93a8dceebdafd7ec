package io.jenkins.plugins.containerbuild.engine.network;

import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.Aftermath;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What one daemon knows of its networks, and the calls that make, join and remove them. */
public final class NetworkStore {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final EngineConnection connection;

    /** @param connection the daemon */
    public NetworkStore(EngineConnection connection) {
        this.connection = connection;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Networks#create}. */
    public NetworkDetails create(NetworkRequest request) throws EngineException, InterruptedException {
        request.check();
        String name = request.name() == null ? "container-build-" + UUID.randomUUID() : request.name();
        String driver = request.driver() == null ? NetworkRequest.BRIDGE : request.driver();
        String what = "could not create the network " + name + " with the driver " + driver;
        refuseTaken(what, name);
        Map<String, String> labels = new LinkedHashMap<>(request.labels());
        labels.putAll(new Ownership(request.maker(), request.scope(), Instant.now(), null).labels());
        boolean made = false;
        try {
            String id = connection.call(docker -> docker.createNetworkCmd()
                    .withName(name)
                    .withDriver(driver)
                    .withInternal(request.internal())
                    .withCheckDuplicate(true)
                    .withLabels(labels)
                    .exec()
                    .getId());
            made = true;
            return inspect(id);
        } catch (DaemonRefusal e) {
            throw new EngineException(what, "the " + daemon() + " answered: " + e.getMessage(), advice(e), e);
        } catch (InterruptedException e) {
            // It may be there, or become so; its name is nobody else's.
            removeAfterwards(made ? name : request.name() == null ? name : null);
            throw e;
        }
    }

    /** A daemon lets several networks have one name; containers would then join any of them. */
    private void refuseTaken(String what, String name) throws EngineException, InterruptedException {
        List<Network> found = list(Map.of("name", List.of(name)));
        if (found.stream().anyMatch(network -> name.equals(network.getName()))) {
            throw new InvalidRequestException(
                    what,
                    "the " + daemon() + " has a network of this name already",
                    "Leave the name out, or remove the other one");
        }
    }

    private static String advice(DaemonRefusal e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("plugin") || said.contains("could not find")) {
            return "Use the driver bridge, or install the driver's plugin on the daemon's host";
        }
        if (said.contains("address pool") || said.contains("non-overlapping")) {
            return "Remove networks that nobody needs (docker network prune), or give the daemon more default-address-pools";
        }
        return "Look into the daemon's log for more";
    }

    private void removeAfterwards(@CheckForNull String name) {
        if (name != null) {
            Aftermath.of(connection, true, fresh -> new NetworkStore(fresh).remove(name));
        }
    }

    /**
     * What the daemon knows of a network.
     *
     * @param network id or name
     * @throws InvalidRequestException when there is no such network
     */
    public NetworkDetails inspect(String network) throws EngineException, InterruptedException {
        String what = "could not look at the network " + network;
        try {
            return details(connection.call(
                    docker -> docker.inspectNetworkCmd().withNetworkId(network).exec()));
        } catch (DaemonRefusal e) {
            throw refused(what, network, e);
        }
    }

    /** The networks that a controller's builds have made. */
    public List<NetworkDetails> ownedBy(String controller) throws EngineException, InterruptedException {
        return labelled(Ownership.CONTROLLER, controller);
    }

    /**
     * The networks with a label.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<NetworkDetails> labelled(String label, String value) throws EngineException, InterruptedException {
        List<NetworkDetails> found = new ArrayList<>();
        for (Network network : list(Map.of("label", List.of(label + '=' + value)))) {
            found.add(details(network));
        }
        return found;
    }

    private List<Network> list(Map<String, List<String>> filters) throws EngineException, InterruptedException {
        try {
            return connection.call(docker -> {
                var list = docker.listNetworksCmd();
                filters.forEach(list::withFilter);
                return list.exec();
            });
        } catch (DaemonRefusal e) {
            throw refused("could not list the networks", "", e);
        }
    }

    /** Lets a container join. */
    public void connect(String network, String container, List<String> aliases)
            throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.connectToNetworkCmd()
                        .withNetworkId(network)
                        .withContainerId(container)
                        .withContainerNetwork(new ContainerNetwork().withAliases(aliases))
                        .exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            throw refused("could not connect the container " + container + " to the network " + network, network, e);
        }
    }

    /** Removes a network, after disconnecting what is in it; one that is gone already is passed over. */
    public void remove(String network) throws EngineException, InterruptedException {
        try {
            Network found = connection.call(
                    docker -> docker.inspectNetworkCmd().withNetworkId(network).exec());
            for (String container : details(found).containers()) {
                disconnect(network, container);
            }
            connection.call(docker -> {
                docker.removeNetworkCmd(network).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not remove the network " + network, network, e);
            }
        }
    }

    private void disconnect(String network, String container) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.disconnectFromNetworkCmd()
                        .withNetworkId(network)
                        .withContainerId(container)
                        .withForce(true)
                        .exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not disconnect the container " + container + " from " + network, network, e);
            }
        }
    }

    private EngineException refused(String what, String network, DaemonRefusal e) {
        if (e.status() == NOT_FOUND && !network.isEmpty()) {
            return new InvalidRequestException(
                    what, "the " + daemon() + " answered: " + e.getMessage(), "Check the names and the daemon");
        }
        return new EngineException(
                what,
                "the " + daemon() + " answered: " + e.getMessage(),
                e.status() == FORBIDDEN
                        ? "Networks of the daemon itself, and those that swarm services use, stay"
                        : "Look into the daemon's log for more",
                e);
    }

    private static NetworkDetails details(Network network) {
        Map<String, String> labels = network.getLabels();
        Map<String, Network.ContainerNetworkConfig> containers = network.getContainers();
        return new NetworkDetails(
                String.valueOf(network.getId()),
                String.valueOf(network.getName()),
                String.valueOf(network.getDriver()),
                Boolean.TRUE.equals(network.getInternal()),
                labels == null ? Map.of() : labels,
                containers == null ? List.of() : List.copyOf(containers.keySet()));
    }

    private String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }
}
