package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.EngineException;
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
     * Reads the socket of the endpoint. Where the agent itself is a container, its own mounts tell the path on the host.
     *
     * @param groupZero whether the container may be put into group 0 where that is the socket's group
     * @throws EngineException when the endpoint is no unix socket, cannot be used, its path on the host is not known, or
     *     its group is 0 without the opt-in
     * @throws InterruptedException when the thread was interrupted
     */
    public static SocketMount of(EndpointRequest endpoint, boolean groupZero)
            throws EngineException, InterruptedException {
        throw new UnsupportedOperationException("follows");
    }
}
