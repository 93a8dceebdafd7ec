package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.registry.ImagePuller;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.socket.SocketMount;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts containers; one that does not become what was asked for leaves nothing behind. */
public final class ContainerStart {

    private static final int SHOWN_LINES = 20;
    private static final long PAUSE_MILLIS = 200;

    private final EngineConnection connection;
    private final EndpointRequest endpoint;
    private final ImageStore images;
    private final ImagePuller puller;
    private final EngineListener listener;
    private final ContainerStore store;
    private final ContainerTrouble trouble;

    /**
     * @param connection the daemon
     * @param endpoint how it was found, for a container that gets its socket
     * @param images its images
     * @param puller gets those that it does not have
     * @param listener told what happens
     */
    public ContainerStart(
            EngineConnection connection,
            EndpointRequest endpoint,
            ImageStore images,
            ImagePuller puller,
            EngineListener listener) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.images = images;
        this.puller = puller;
        this.listener = listener;
        store = new ContainerStore(connection);
        trouble = new ContainerTrouble(store);
    }

    /** What happens between the making of a container and its start. */
    interface Preparation {

        /** Does it. */
        void prepare(String id) throws EngineException, InterruptedException;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Containers#start}. */
    public ContainerDetails start(ContainerRequest request, Readiness readiness)
            throws EngineException, InterruptedException {
        return start(request, readiness, id -> {});
    }

    ContainerDetails start(ContainerRequest request, Readiness readiness, Preparation preparation)
            throws EngineException, InterruptedException {
        request.check();
        String name = request.name() == null ? ContainerMaking.freeName() : request.name();
        refuseTaken(request.name());
        boolean[] interrupted = {false};
        boolean made = false;
        boolean ready = false;
        try {
            String id = made(request, name);
            made = true;
            preparation.prepare(id);
            store.start(id, name);
            ContainerDetails container = await(id, name, readiness);
            listener.on(new EngineEvent.Note("Started the container " + container.name() + " of the image "
                    + request.image().image()));
            ready = true;
            return container;
        } catch (InterruptedException e) {
            interrupted[0] = true;
            throw e;
        } finally {
            if (!ready) {
                removeAfterwards(name, interrupted[0], made);
            }
        }
    }

    /**
     * Makes a container whose name nobody has; the caller starts and removes it.
     *
     * @return its id
     */
    String make(ContainerRequest request) throws EngineException, InterruptedException {
        return made(request, request.name());
    }

    /** One that is there already must not be removed by the clean-up of a start that failed for it. */
    void refuseTaken(String name) throws EngineException, InterruptedException {
        if (name != null && store.idOf(name).isPresent()) {
            throw new InvalidRequestException(
                    "could not start the container " + name,
                    "the " + store.daemon() + " has a container of this name already",
                    "Leave the name out, or remove the other one");
        }
    }

    /** Removes a container; a warning tells when it is left. */
    void removeAfterwards(String name, boolean interrupted, boolean made) {
        String left = store.removeAfterwards(name, interrupted, made);
        if (left != null) {
            listener.on(new EngineEvent.Warning("Could not remove the container " + name + ": " + left));
        }
    }

    private String made(ContainerRequest request, String name) throws EngineException, InterruptedException {
        Ownership ownership = new Ownership(request.maker(), request.scope(), Instant.now(), null);
        String image = image(request.image()).toString();
        SocketMount socket = request.rights().dockerSocket()
                ? SocketMount.of(endpoint, request.rights().groupZero())
                : null;
        return new ContainerMaking(connection, store, request, ownership)
                .make(name, image, socket, hostPaths(request.files()));
    }

    private HostPaths hostPaths(ContainerFiles files) throws EngineException, InterruptedException {
        boolean needed = files.volumes().stream().anyMatch(volume -> volume.kind() == VolumeSpec.Kind.HOST_PATH);
        if (!needed) {
            return null;
        }
        return HostPaths.ofThisProcess(store);
    }

    private Digest image(ContainerImage wanted) throws EngineException, InterruptedException {
        if (!(wanted.image() instanceof ImageSelector.Named named) || wanted.pull() == PullPolicy.NEVER) {
            return images.inspect(wanted.image()).imageId();
        }
        if (wanted.pull() == PullPolicy.MISSING) {
            try {
                return images.inspect(wanted.image()).imageId();
            } catch (InvalidRequestException missing) {
                listener.on(new EngineEvent.Note("The daemon has no image " + named.reference() + " yet"));
            }
        }
        return puller.pull(new PullRequest(named.reference(), wanted.platform()))
                .imageId();
    }

    private ContainerDetails await(String id, String name, Readiness readiness)
            throws EngineException, InterruptedException {
        ReadyCheck check = new ReadyCheck(store);
        long end = System.nanoTime() + readiness.limit().toNanos();
        while (true) {
            ContainerDetails container = store.inspect(id);
            if (!container.isRunning()) {
                throw failed(id, name, "its process ended with exit code " + container.exitCode() + trouble.ofEnd(id));
            }
            if (readiness.condition() instanceof Readiness.Healthy && container.health() == null) {
                throw new InvalidRequestException(
                        "could not wait for the container " + name + " to be healthy",
                        "neither its image nor the request has a health check",
                        "Give one with health: [cmd: '...'], or wait for a port or a line of its log");
            }
            if (check.isReady(container, readiness.condition())) {
                return container;
            }
            if (System.nanoTime() >= end) {
                throw failed(
                        id,
                        name,
                        "it was not ready (" + waited(readiness.condition()) + ") within " + seconds(readiness.limit())
                                + trouble.ofHealth(id));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static String waited(Readiness.Condition condition) {
        if (condition instanceof Readiness.PortOpen open) {
            return "no connection at port " + open.port();
        }
        if (condition instanceof Readiness.LogLine line) {
            return "no line like " + line.pattern();
        }
        return condition instanceof Readiness.Healthy ? "not healthy" : "not running";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1000.0 + " seconds";
    }

    private EngineException failed(String id, String name, String why) throws InterruptedException {
        List<String> lines = store.lastLines(id, SHOWN_LINES);
        return new EngineException(
                "could not start the container " + name,
                why + (lines.isEmpty() ? "; it printed nothing" : "; its last lines:\n" + String.join("\n", lines)),
                "Look at its log, its command and what it waits for");
    }
}
