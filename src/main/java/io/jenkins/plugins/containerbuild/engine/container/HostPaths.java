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

    private final Map<String, String> mounts;
    private final String container;

    /**
     * @param mounts places on the daemon's host by paths here
     * @param container the container that this process is in; null for none
     */
    private HostPaths(Map<String, String> mounts, String container) {
        this.mounts = mounts;
        this.container = container;
    }

    /** Paths that an administrator or author has given. */
    static HostPaths given(Map<String, String> prefixes) {
        return new HostPaths(prefixes, null);
    }

    /**
     * As the daemon tells the mounts of the container that this process is in.
     *
     * @param self what is known of that container
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public static HostPaths of(ContainerFacts self, ContainerStore containers)
            throws EngineException, InterruptedException {
        if (!self.inContainer()) {
            return new HostPaths(Map.of("/", "/"), null);
        }
        String id = self.id();
        Map<String, String> mounts = new LinkedHashMap<>();
        if (id != null && containers.idOf(id).isPresent()) {
            List<InspectContainerResponse.Mount> told = containers.raw(id).getMounts();
            for (InspectContainerResponse.Mount mount :
                    told == null ? List.<InspectContainerResponse.Mount>of() : told) {
                Volume destination = mount.getDestination();
                String source = mount.getSource();
                if (destination != null && source != null) {
                    mounts.put(destination.getPath(), source);
                }
            }
        }
        return new HostPaths(mounts, id == null ? "an unknown one" : id);
    }

    /**
     * Where a path lies on the daemon's host.
     *
     * @param what what it is for, for messages
     * @param path absolute, without links
     * @throws InvalidRequestException when no mount covers it; the message names the mounts that there are
     */
    public String translate(String what, Path path) throws InvalidRequestException {
        Path best = null;
        for (String mounted : mounts.keySet()) {
            Path point = Path.of(mounted);
            if (path.startsWith(point) && (best == null || point.getNameCount() > best.getNameCount())) {
                best = point;
            }
        }
        if (best == null) {
            throw new InvalidRequestException(
                    what,
                    "the agent is in a container itself" + (container == null ? "" : " (" + container + ")")
                            + ", and the daemon's host does not see " + path
                            + ": no mount of that container covers it; its"
                            + " mounts are " + (mounts.isEmpty() ? "none" : String.join(", ", mounts.keySet())),
                    "Mount the agent's work directory into its container as a volume or from the host, use a named volume,"
                            + " or give the place on the host with hostPaths");
        }
        String source = mounts.get(best.toString());
        Path rest = best.relativize(path);
        return rest.toString().isEmpty()
                ? source
                : Path.of(String.valueOf(source)).resolve(rest).toString();
    }
}
