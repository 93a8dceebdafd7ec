package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.io.Serializable;

/**
 * How a container that a build starts gets the daemon's own socket, so that a process in it which is not root can use it.
 *
 * @param source the socket's path on the daemon's host
 * @param target the socket's path inside the container
 * @param gid the group that the container needs besides its own ({@code HostConfig.GroupAdd}), read at this moment and as
 *     seen inside of the container; null when everybody may use the socket
 */
public record SocketMount(String source, String target, Long gid) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where every client looks first. */
    public static final String TARGET = "/var/run/docker.sock";

    /** As {@code HostConfig.Binds} wants it. */
    public String bind() {
        return source + ":" + target;
    }

    /**
     * Reads the socket of the endpoint. Where the agent itself is a container, its own mounts tell the path on the host: by
     * the daemon, which is asked for that container, or else by {@code /proc/self/mountinfo}, which tells it for sockets
     * below the host's {@code /run}.
     *
     * @param groupZero whether the container may be put into group 0 where that is the socket's group
     * @throws EngineException when the endpoint is no unix socket, cannot be used, its path on the host is not known, or
     *     its group is 0 without the opt-in
     * @throws InterruptedException when the thread was interrupted
     */
    public static SocketMount of(EndpointRequest endpoint, boolean groupZero)
            throws EngineException, InterruptedException {
        SocketDiagnosis found = SocketDoctor.diagnose(endpoint);
        String what = "could not mount the Docker socket into the container";
        if (!found.usable()) {
            throw new EndpointException(what, found.why(), found.fix().title());
        }
        PathFacts path = found.path();
        if (path == null) {
            throw new InvalidRequestException(
                    what,
                    "the daemon at " + found.uri() + " is not used through a socket",
                    "Give the container the address itself, by DOCKER_HOST");
        }
        if (found.connection().remapsUsers()) {
            throw new InvalidRequestException(
                    what,
                    "the daemon gives its containers other users (userns-remap), who may use no socket of the host's",
                    "Run the container in the host's user namespace (--userns host), with the socket as a volume");
        }
        return new SocketMount(new SocketSource(endpoint, found).find(), TARGET, group(found, groupZero, what));
    }

    private static Long group(SocketDiagnosis found, boolean groupZero, String what) throws InvalidRequestException {
        PathFacts path = found.path();
        if (path.everybodyMayUse()) {
            return null;
        }
        if (!path.groupMayUse()) {
            throw new InvalidRequestException(
                    what,
                    "only its owner may use " + path.path() + " (" + path.access() + ")",
                    "Give the socket's group its rights (chmod 660), or run the container's process as that user");
        }
        // In the containers of a rootless daemon, its user's own group has the number 0.
        boolean mapped =
                found.connection().rootlessDaemon() && !found.container().inContainer();
        long gid = mapped ? 0 : path.gid();
        if (gid == 0 && !groupZero) {
            throw new InvalidRequestException(
                    what,
                    "its group is 0 (root), and a container is not put into that group unasked",
                    "Give the socket a group of its own on the host, or allow this one (groupZero)");
        }
        return gid;
    }
}
