package io.jenkins.plugins.containerbuild.engine.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.Aftermath;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What one daemon knows of its containers, and the calls that start, read and remove them. */
public final class ContainerStore {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final Duration LOG_LIMIT = Duration.ofSeconds(30);
    private static final int STOP_SECONDS = 10;

    /** A daemon that was asked to make a container may still be at it when its client has gone. */
    private static final Duration MAKING = Duration.ofMillis(1500);

    private static final long PAUSE_MILLIS = 100;

    private final EngineConnection connection;

    /** @param connection the daemon */
    public ContainerStore(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * What the daemon knows of a container.
     *
     * @param container id or name
     * @throws InvalidRequestException when there is no such container
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public ContainerDetails inspect(String container) throws EngineException, InterruptedException {
        return DetailsReader.details(raw(container), connection.info());
    }

    /** As the daemon tells it. */
    InspectContainerResponse raw(String container) throws EngineException, InterruptedException {
        String what = "could not look at the container " + container;
        try {
            return connection.call(
                    docker -> docker.inspectContainerCmd(container).exec());
        } catch (DaemonRefusal e) {
            throw e.status() == NOT_FOUND ? missing(what, container) : refused(what, e);
        }
    }

    private InvalidRequestException missing(String what, String container) {
        return new InvalidRequestException(
                what,
                "the " + daemon() + " has no container " + container,
                "Check its name and the daemon; one that was made for a block is gone after it");
    }

    /**
     * The containers that were made by a controller's builds, with their ids, names, states and labels.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<ContainerDetails> ownedBy(String controller) throws EngineException, InterruptedException {
        return labelled(Ownership.CONTROLLER, controller);
    }

    /**
     * The containers with a label, with their ids, names, states and labels.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<ContainerDetails> labelled(String label, String value) throws EngineException, InterruptedException {
        try {
            List<Container> found = connection.call(docker -> docker.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(label, value))
                    .exec());
            List<ContainerDetails> details = new ArrayList<>();
            for (Container container : found) {
                details.add(DetailsReader.details(container));
            }
            return details;
        } catch (DaemonRefusal e) {
            throw refused("could not list the containers", e);
        }
    }

    /** Starts a container that was made. */
    void start(String id, String shown) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.startContainerCmd(id).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            throw StartAdvice.of(shown, daemon(), e);
        }
    }

    /** Asks the container's process to end, and ends it when it does not. */
    void stop(String id) throws EngineException, InterruptedException {
        try (EngineConnection patient = connection.another()) {
            patient.exchange(
                    DaemonRequest.post("/containers/" + DaemonRequest.encode(id) + "/stop")
                            .query("t", Integer.toString(STOP_SECONDS)),
                    Duration.ofSeconds(STOP_SECONDS).multipliedBy(3),
                    body -> null);
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not stop the container " + id, e);
            }
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    /**
     * Ends a container and removes it with its anonymous volumes; one that is gone already is passed over.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void remove(String container) throws EngineException, InterruptedException {
        try {
            removeOn(connection, container);
        } catch (DaemonRefusal e) {
            throw refused("could not remove the container " + container, e);
        }
    }

    /** Whether there was one. */
    private static boolean removeOn(EngineConnection connection, String container)
            throws DaemonRefusal, EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
                return null;
            });
            return true;
        } catch (DaemonRefusal e) {
            boolean underWay =
                    e.status() == CONFLICT && String.valueOf(e.getMessage()).contains("already in progress");
            if (e.status() != NOT_FOUND && !underWay) {
                throw e;
            }
            return underWay;
        }
    }

    /**
     * Removes a container of a call that has ended, in whichever way.
     *
     * @param made whether the daemon has told that it made it; one that it may be making for a caller who was interrupted is
     *     waited for
     * @return why it is left, or null
     */
    String removeAfterwards(String container, boolean interrupted, boolean made) {
        long end = System.nanoTime() + (interrupted && !made ? MAKING.toNanos() : 0);
        return Aftermath.of(connection, interrupted, fresh -> {
            while (!removeOn(fresh, container) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        });
    }

    /**
     * The last lines that a container has printed.
     *
     * @param tail how many lines; 0 for all of them
     * @param output gets its standard output
     * @param error gets its standard error
     * @throws InvalidRequestException when there is no such container
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public void logs(String container, int tail, OutputStream output, OutputStream error)
            throws EngineException, InterruptedException {
        String what = "could not read the log of the container " + container;
        // On a connection of its own, which is given up when this takes too long.
        try (EngineConnection reading = connection.another()) {
            reading.exchange(
                    DaemonRequest.get("/containers/" + DaemonRequest.encode(container) + "/logs")
                            .query("stdout", "1")
                            .query("stderr", "1")
                            .query("tail", tail == 0 ? "all" : Integer.toString(tail)),
                    LOG_LIMIT,
                    body -> {
                        Frames.copy(body, output, error);
                        return null;
                    });
        } catch (DaemonRefusal e) {
            throw e.status() == NOT_FOUND ? missing(what, container) : refused(what, e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    /**
     * The last lines, standard output and standard error as they came; empty when they cannot be had.
     *
     * @param count how many; 0 for all of them
     */
    public List<String> lastLines(String container, int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try (Lines sink = new Lines(lines::add)) {
            logs(container, count, sink, sink);
        } catch (EngineException e) {
            return List.of();
        }
        return count > 0 && lines.size() > count ? lines.subList(lines.size() - count, lines.size()) : lines;
    }

    /** The id behind a name, if there is such a container. */
    Optional<String> idOf(String name) throws EngineException, InterruptedException {
        try {
            return Optional.of(connection.call(docker ->
                    String.valueOf(docker.inspectContainerCmd(name).exec().getId())));
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused("could not look for the container " + name, e);
        }
    }

    EngineException refused(String what, DaemonRefusal e) {
        return new EngineException(
                what, "the " + daemon() + " answered: " + e.getMessage(), "Look into the daemon's log for more", e);
    }

    String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }
}
