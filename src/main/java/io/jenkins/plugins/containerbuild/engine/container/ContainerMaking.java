package io.jenkins.plugins.containerbuild.engine.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.socket.SocketMount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a container out of a request. */
final class ContainerMaking {

    /** The first version of the API that mounts a part of a volume: Engine 26. */
    private static final String SUBPATHS = "1.45";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final EngineConnection connection;
    private final ContainerStore store;
    private final ContainerRequest request;
    private final Ownership ownership;

    ContainerMaking(EngineConnection connection, ContainerStore store, ContainerRequest request, Ownership ownership) {
        this.connection = connection;
        this.store = store;
        this.request = request;
        this.ownership = ownership;
    }

    /** A name that no other container has. */
    static String freeName() {
        return "container-build-" + UUID.randomUUID();
    }

    /**
     * Makes it; it does not run yet.
     *
     * @param name its name
     * @param image the image's id
     * @param socket the daemon's socket; null when the container does not get it
     * @param hostPaths where host paths lie; null when there are none
     * @return its id
     */
    String make(String name, String image, SocketMount socket, HostPaths hostPaths)
            throws EngineException, InterruptedException {
        HostConfig host = host(socket);
        EngineInfo daemon = connection.info();
        boolean subpaths = !daemon.isPodman() && daemon.speaks(SUBPATHS);
        boolean parts = new MountMaking(request.files(), hostPaths, ownership, subpaths).addTo(host);
        String id;
        try {
            id = parts
                    ? makeByNewerApi(name, image, host)
                    : connection.call(
                            docker -> command(docker, name, image, host).exec().getId());
        } catch (IOException e) {
            throw connection.lost(e);
        } catch (DaemonRefusal e) {
            throw StartAdvice.of(name, store.daemon(), e);
        }
        List<String> networks = request.networking().networks();
        for (String network : networks.subList(Math.min(1, networks.size()), networks.size())) {
            join(id, name, network);
        }
        return id;
    }

    private CreateContainerCmd command(DockerClient docker, String name, String image, HostConfig host) {
        CreateContainerCmd create = docker.createContainerCmd(image).withName(name);
        fill(create);
        return create.withHostConfig(host);
    }

    /** By a version of the API that docker-java does not speak, so that parts of volumes can be mounted. */
    private String makeByNewerApi(String name, String image, HostConfig host)
            throws DaemonRefusal, EngineException, IOException, InterruptedException {
        byte[] body = connection.call(docker -> bytes(command(docker, name, image, host)));
        Platform platform = request.image().platform();
        return connection
                .exchange(
                        DaemonRequest.post("/containers/create")
                                .version(SUBPATHS)
                                .query("name", name)
                                .query("platform", platform == null ? null : platform.toString())
                                .header("Content-Type", "application/json")
                                .body(new ByteArrayInputStream(body)),
                        LIMIT,
                        json::readTree)
                .path("Id")
                .asText();
    }

    private byte[] bytes(CreateContainerCmd create) {
        try {
            return json.writeValueAsBytes(create);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("docker-java's command has no JSON", e);
        }
    }

    private void fill(CreateContainerCmd create) {
        ContainerProcess process = request.process();
        Map<String, String> labels = new LinkedHashMap<>(request.labels());
        labels.putAll(ownership.labels());
        create.withLabels(labels);
        if (process.entrypoint() != null) {
            create.withEntrypoint(process.entrypoint());
        }
        if (!process.command().isEmpty()) {
            create.withCmd(process.command());
        }
        create.withEnv(process.env().entrySet().stream()
                .map(variable -> variable.getKey() + '=' + variable.getValue())
                .toList());
        create.withStdinOpen(process.waits());
        if (process.user() != null) {
            create.withUser(process.user());
        }
        if (process.workdir() != null) {
            create.withWorkingDir(process.workdir());
        }
        if (request.health() != null) {
            create.withHealthcheck(healthCheck(request.health()));
        }
        if (request.image().platform() != null) {
            create.withPlatform(request.image().platform().toString());
        }
        ContainerNetworking networking = request.networking();
        create.withExposedPorts(
                networking.ports().stream().map(ContainerMaking::exposed).toList());
        if (!networking.networks().isEmpty() && !networking.aliases().isEmpty()) {
            create.withAliases(networking.aliases());
        }
    }

    private HostConfig host(SocketMount socket) {
        ContainerNetworking networking = request.networking();
        HostConfig host = HostConfig.newHostConfig()
                .withPrivileged(request.rights().privileged())
                .withMemory(request.limits().memoryBytes())
                .withNanoCPUs(request.limits().nanoCpus())
                .withShmSize(request.limits().shmBytes())
                .withExtraHosts(networking.addHosts().stream()
                        .map(added -> added.name() + ':' + added.address())
                        .toArray(String[]::new))
                .withPortBindings(networking.ports().stream()
                        .map(port -> new PortBinding(
                                Ports.Binding.bindIpAndPort(
                                        port.address(), port.hostPort() == null ? 0 : port.hostPort()),
                                exposed(port)))
                        .toList());
        if (!networking.networks().isEmpty()) {
            host.withNetworkMode(networking.networks().get(0));
        }
        if (socket != null) {
            host.withBinds(Bind.parse(socket.bind()));
            if (socket.gid() != null) {
                host.withGroupAdd(List.of(socket.gid().toString()));
            }
        }
        return host;
    }

    private static ExposedPort exposed(PublishedPort port) {
        return new ExposedPort(port.containerPort(), InternetProtocol.parse(port.protocol()));
    }

    private static HealthCheck healthCheck(HealthOptions options) {
        HealthCheck check = new HealthCheck().withTest(new ArrayList<>(options.test()));
        if (options.interval() != null) {
            check.withInterval(nanos(options.interval()));
        }
        if (options.timeout() != null) {
            check.withTimeout(nanos(options.timeout()));
        }
        if (options.startPeriod() != null) {
            check.withStartPeriod(nanos(options.startPeriod()));
        }
        return options.retries() == null ? check : check.withRetries(options.retries());
    }

    private static Long nanos(Duration duration) {
        return Long.valueOf(duration.toNanos());
    }

    private void join(String id, String name, String network) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.connectToNetworkCmd()
                        .withContainerId(id)
                        .withNetworkId(network)
                        .withContainerNetwork(new ContainerNetwork()
                                .withAliases(request.networking().aliases()))
                        .exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            throw StartAdvice.of(name, store.daemon(), e);
        }
    }
}
