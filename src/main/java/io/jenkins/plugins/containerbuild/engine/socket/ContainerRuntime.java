package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Locale;

/** What runs the container that the agent is in. */
public enum ContainerRuntime {
    /** The agent is in no container. */
    NONE,
    DOCKER,
    /** The virtual machine of Docker Desktop. */
    DOCKER_DESKTOP,
    PODMAN,
    KUBERNETES,
    /** A container, but of which kind cannot be seen. */
    OTHER;

    /** As in JSON: {@code docker-desktop}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
