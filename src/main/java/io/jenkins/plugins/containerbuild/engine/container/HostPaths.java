package io.jenkins.plugins.containerbuild.engine.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Volume;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.socket.ContainerFacts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where paths of this machine lie on the daemon's host. They are the same when both are one; an agent that is a container
 * itself sees the host's files only through its own mounts, which the daemon tells. Only the one path that is asked for is
 * ever shared, not the mount that it lies on.
 */
public final class HostPaths {

    /** Says where paths of this machine lie, where the daemon cannot tell: {@code HERE=THERE}, with colons between several. */
    static final String VARIABLE = "CONTAINER_BUILD_HOST_PATHS";

    private final Map<String, Mounted> mounts;
    private final String container;

    /**
     * What is mounted at a path.
     *
     * @param source the place on the daemon's host; empty where there is none, as for a file system in memory
     * @param volume the volume's name; null when it is none
     */
    private record Mounted(String source, String volume) {}

    /**
     * Where a path lies.
     *
     * @param volume the volume that it is in; null when only its place on the host is known
     * @param path in the volume, without a slash in front, empty for its root; or on the daemon's host
     */
    record Place(String volume, String path) {}

    /**
     * @param mounts what is mounted, by paths here
     * @param container the container that this process is in; null for none
     */
    private HostPaths(Map<String, Mounted> mounts, String container) {
        this.mounts = mounts;
        this.container = container;
    }

    /** Paths that whoever has started this process has given. */
    static HostPaths given(Map<String, String> prefixes) {
        Map<String, Mounted> mounts = new LinkedHashMap<>();
        prefixes.forEach((here, there) -> mounts.put(here, new Mounted(there, null)));
        return new HostPaths(mounts, null);
    }

    /**
     * As {@value #VARIABLE} says.
     *
     * @throws InvalidRequestException when it is no list of pairs of absolute paths
     */
    static HostPaths parse(String text) throws InvalidRequestException {
        Map<String, String> prefixes = new LinkedHashMap<>();
        for (String pair : text.split(":", -1)) {
            String[] places = pair.trim().split("=", -1);
            if (places.length != 2 || !places[0].startsWith("/") || !places[1].startsWith("/")) {
                throw new InvalidRequestException(
                        "could not read the variable " + VARIABLE + " of the agent with '" + text + "'",
                        "'" + pair + "' is not made as /HERE=/THERE",
                        "Write for example /home/jenkins/agent=/srv/agent, with a colon between several");
            }
            prefixes.put(places[0], places[1]);
        }
        return given(prefixes);
    }

    /**
     * As {@value #VARIABLE} of this process says, and else as the daemon tells the mounts of the container that the process
     * is in. Not as the build's environment says: a job must not decide where the host's files are.
     *
     * @throws EngineException when the variable cannot be read, or the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public static HostPaths ofThisProcess(ContainerStore containers) throws EngineException, InterruptedException {
        Map<String, String> environment = System.getenv();
        String given = environment.get(VARIABLE);
        return given == null || given.isBlank()
                ? of(ContainerFacts.ofThisProcess(environment), containers)
                : parse(given);
    }

    /**
     * As the daemon tells the mounts of the container that this process is in.
     *
     * @param self what is known of that container
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    static HostPaths of(ContainerFacts self, ContainerStore containers) throws EngineException, InterruptedException {
        if (!self.inContainer()) {
            return new HostPaths(Map.of("/", new Mounted("/", null)), null);
        }
        String id = self.id();
        Map<String, Mounted> mounts = new LinkedHashMap<>();
        if (id != null && containers.idOf(id).isPresent()) {
            List<InspectContainerResponse.Mount> told = containers.raw(id).getMounts();
            for (InspectContainerResponse.Mount mount :
                    told == null ? List.<InspectContainerResponse.Mount>of() : told) {
                Volume destination = mount.getDestination();
                String source = mount.getSource();
                String name = mount.getName();
                if (destination != null) {
                    mounts.put(
                            destination.getPath(),
                            new Mounted(source == null ? "" : source, name == null || name.isEmpty() ? null : name));
                }
            }
        }
        return new HostPaths(mounts, id == null ? "an unknown one" : id);
    }

    /**
     * Where a path lies on the daemon's host, or in which volume.
     *
     * @param what what it is for, for messages
     * @param path absolute, without links
     * @throws InvalidRequestException when no mount covers it; the message names the mounts that there are
     */
    Place place(String what, Path path) throws InvalidRequestException {
        Path best = null;
        for (String mounted : mounts.keySet()) {
            Path point = Path.of(mounted);
            if (path.startsWith(point) && (best == null || point.getNameCount() > best.getNameCount())) {
                best = point;
            }
        }
        Mounted mounted = best == null ? null : mounts.get(best.toString());
        if (mounted == null || mounted.source().isEmpty()) {
            throw new InvalidRequestException(
                    what,
                    "the agent is in a container itself" + (container == null ? "" : " (" + container + ")")
                            + ", and the daemon's host does not see " + path
                            + ": no mount of that container covers it; its"
                            + " mounts are " + (mounts.isEmpty() ? "none" : String.join(", ", mounts.keySet())),
                    "Mount the agent's work directory into its container as a volume or from the host, use a named volume,"
                            + " or give the place on the host with the variable " + VARIABLE
                            + " of the agent's container");
        }
        String rest = best.relativize(path).toString();
        if (mounted.volume() != null) {
            return new Place(mounted.volume(), rest);
        }
        return new Place(null, joined(mounted.source(), rest));
    }

    /**
     * Where a path lies on the daemon's host, also in a volume.
     *
     * @param what what it is for, for messages
     * @param path absolute, without links
     * @throws InvalidRequestException as with {@link #place}
     */
    public String translate(String what, Path path) throws InvalidRequestException {
        Place place = place(what, path);
        if (place.volume() == null) {
            return place.path();
        }
        String source = mounts.values().stream()
                .filter(mounted -> place.volume().equals(mounted.volume()))
                .map(Mounted::source)
                .findFirst()
                .orElseThrow();
        return joined(source, place.path());
    }

    private static String joined(String source, String rest) {
        return rest.isEmpty() ? source : Path.of(source).resolve(rest).toString();
    }
}
