package io.jenkins.plugins.containerbuild.engine.container;

import java.io.Serializable;

/**
 * What a container may do on the daemon's host. The first two make it root there.
 *
 * @param privileged whether it gets all rights
 * @param dockerSocket whether it gets the daemon's own socket, and the group that may use it
 * @param groupZero whether it may be put into group 0 where that is the socket's group
 */
public record ContainerRights(boolean privileged, boolean dockerSocket, boolean groupZero) implements Serializable {

    /** Those of any container. */
    public static final ContainerRights NONE = new ContainerRights(false, false, false);

    private static final long serialVersionUID = 1L;
}
