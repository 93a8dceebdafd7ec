package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.build.ExtraHost;
import java.io.Serializable;
import java.util.List;

/**
 * How others reach a container.
 *
 * @param networks names or ids of networks that it joins; empty for the daemon's default
 * @param aliases names by which other containers of these networks find it
 * @param ports what is published
 * @param addHosts lines for {@code /etc/hosts}
 */
public record ContainerNetworking(
        List<String> networks, List<String> aliases, List<PublishedPort> ports, List<ExtraHost> addHosts)
        implements Serializable {

    /** The daemon's default network, with nothing published. */
    public static final ContainerNetworking DEFAULT =
            new ContainerNetworking(List.of(), List.of(), List.of(), List.of());

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public ContainerNetworking {
        networks = List.copyOf(networks);
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
        addHosts = List.copyOf(addHosts);
    }

    /** In these networks, with nothing published. */
    public static ContainerNetworking in(String network, String... aliases) {
        return new ContainerNetworking(List.of(network), List.of(aliases), List.of(), List.of());
    }

    /** Publishing these ports. */
    public static ContainerNetworking publishing(PublishedPort... ports) {
        return new ContainerNetworking(List.of(), List.of(), List.of(ports), List.of());
    }
}
