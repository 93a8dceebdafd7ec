package io.jenkins.plugins.containerbuild.engine.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerMount;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.Aftermath;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one daemon knows of its volumes, and the calls that make and remove them. */
public final class VolumeStore {

    private static final int NOT_FOUND = 404;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private final EngineConnection connection;
    private final ObjectMapper json = new ObjectMapper();

    /** @param connection the daemon */
    public VolumeStore(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * What the daemon knows of a volume, without its size and without who uses it.
     *
     * @return empty when there is no such volume
     */
    public Optional<VolumeDetails> find(String name) throws EngineException, InterruptedException {
        VolumeName.check(name);
        try {
            return Optional.of(details(get("/volumes/" + DaemonRequest.encode(name))));
        } catch (DaemonRefusal e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused("could not look at the volume " + name, e);
        }
    }

    /**
     * As {@link #find}, for a volume that has to be there.
     *
     * @param what what could not be done otherwise
     * @throws InvalidRequestException when it is not
     */
    public VolumeDetails existing(String what, String name) throws EngineException, InterruptedException {
        return find(name)
                .orElseThrow(() -> new InvalidRequestException(
                        what,
                        "the " + daemon() + " has no volume " + name,
                        "Create the volume first, or check its name and the daemon"));
    }

    /** Makes a volume; one of this name that is there already is left as it is. */
    VolumeDetails create(String name, String driver, Map<String, String> driverOpts, Map<String, String> labels)
            throws EngineException, InterruptedException {
        String what = "could not create the volume" + (name == null ? "" : " " + name) + " with the driver "
                + Printable.shortened(driver);
        try {
            String created = connection.call(docker -> docker.createVolumeCmd()
                    .withName(name == null ? "" : name)
                    .withDriver(driver)
                    .withDriverOpts(driverOpts)
                    .withLabels(labels)
                    .exec()
                    .getName());
            return existing(what, created);
        } catch (DaemonRefusal e) {
            String said = String.valueOf(e.getMessage());
            throw new EngineException(
                    what,
                    "the " + daemon() + " answered: " + said,
                    said.contains("plugin")
                            ? "Use the driver local, or install the driver's plugin on the daemon's host"
                            : "Check the driver's options",
                    e);
        }
    }

    /** Removes a volume that nobody uses; one that is gone already is passed over. */
    public void remove(String name) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeVolumeCmd(name).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not remove the volume " + name, e);
            }
        }
    }

    /**
     * Removes a volume of a call that failed or was interrupted. One that somebody else uses by now stays.
     *
     * @return why it is left, or null
     */
    String removeAfterwards(String name) {
        return Aftermath.of(connection, true, fresh -> new VolumeStore(fresh).remove(name));
    }

    /** Stops and removes a container with its anonymous volumes; one that is gone already is passed over. */
    void removeContainer(VolumeUser user) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeContainerCmd(user.id())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not remove the container " + user.shown(), e);
            }
        }
    }

    /**
     * The volumes that a filter means, sorted by their names, with their users.
     *
     * @param sizes bytes by the volumes' names
     */
    public List<VolumeDetails> list(VolumeFilter filter, Map<String, Long> sizes)
            throws EngineException, InterruptedException {
        try {
            Map<String, List<VolumeUser>> users = users();
            List<VolumeDetails> found = new ArrayList<>();
            for (JsonNode one : get("/volumes").path("Volumes")) {
                VolumeDetails details = details(one);
                if (filter.matches(details.name(), details.labels())) {
                    found.add(details.with(sizes.get(details.name()), users.get(details.name())));
                }
            }
            found.sort(Comparator.comparing(VolumeDetails::name));
            return found;
        } catch (DaemonRefusal e) {
            throw refused("could not list the volumes", e);
        }
    }

    /** The containers that have volumes mounted, by the volumes' names. */
    public Map<String, List<VolumeUser>> users() throws EngineException, InterruptedException {
        try {
            List<Container> containers = connection.call(
                    docker -> docker.listContainersCmd().withShowAll(true).exec());
            Map<String, List<VolumeUser>> users = new HashMap<>();
            for (Container container : containers) {
                List<ContainerMount> mounts = container.getMounts();
                for (ContainerMount mount : mounts == null ? List.<ContainerMount>of() : mounts) {
                    if (mount.getName() != null) {
                        users.computeIfAbsent(mount.getName(), name -> new ArrayList<>())
                                .add(user(container));
                    }
                }
            }
            return users;
        } catch (DaemonRefusal e) {
            throw refused("could not list the containers that use volumes", e);
        }
    }

    private static VolumeUser user(Container container) {
        String[] names = container.getNames();
        String name = names == null || names.length == 0 ? "" : names[0];
        return new VolumeUser(
                orEmpty(container.getId()),
                name.startsWith("/") ? name.substring(1) : name,
                orEmpty(container.getState()));
    }

    /**
     * What volumes take on the daemon's disk: {@code GET /system/df}. An Engine before 23 counts its images along with them.
     *
     * @param limit how long that may take
     * @return bytes by the volumes' names, for those whose driver tells; empty when the daemon does not tell in time
     */
    public Map<String, Long> sizes(Duration limit) throws InterruptedException {
        // On a connection of its own, which is given up when this takes too long.
        try (EngineConnection counting = connection.another()) {
            JsonNode usage =
                    counting.exchange(DaemonRequest.get("/system/df").query("type", "volume"), limit, json::readTree);
            Map<String, Long> sizes = new HashMap<>();
            for (JsonNode volume : usage.path("Volumes")) {
                long size = volume.path("UsageData").path("Size").asLong(-1);
                if (size >= 0) {
                    sizes.put(volume.path("Name").asText(""), size);
                }
            }
            return sizes;
        } catch (DaemonRefusal | IOException e) {
            System.getLogger(VolumeStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "the daemon does not tell what volumes take", e);
            return Map.of();
        }
    }

    /** docker-java's own types leave out when a volume was made. */
    private JsonNode get(String path) throws DaemonRefusal, EngineException, InterruptedException {
        try {
            return connection.exchange(DaemonRequest.get(path), CALL_LIMIT, json::readTree);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private EngineException refused(String what, DaemonRefusal e) {
        return new EngineException(
                what, "the " + daemon() + " answered: " + e.getMessage(), "Look into the daemon's log for more", e);
    }

    private String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }

    private static VolumeDetails details(JsonNode volume) {
        return new VolumeDetails(
                volume.path("Name").asText(""),
                volume.path("Driver").asText(""),
                volume.path("Mountpoint").asText(""),
                instant(volume.path("CreatedAt").asText("")),
                texts(volume.path("Labels")),
                texts(volume.path("Options")),
                null,
                List.of());
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> texts.put(field.getKey(), field.getValue().asText("")));
        return texts;
    }

    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String orEmpty(@CheckForNull String value) {
        return value == null ? "" : value;
    }
}
