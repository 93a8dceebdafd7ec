package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is mounted into a container.
 *
 * @param volumes in the order in which they are mounted
 * @param workspace what relative host paths are relative to, and what they must not leave unless the policy allows it;
 *     null when there are no host paths
 * @param policy which host paths are allowed; not null
 * @param hostPaths where paths of this machine lie on the daemon's host, by prefix, for a daemon that sees them elsewhere;
 *     empty to find out
 */
public record ContainerFiles(
        List<VolumeSpec> volumes, String workspace, HostPathPolicy policy, Map<String, String> hostPaths)
        implements Serializable {

    /** Nothing. */
    public static final ContainerFiles NONE = new ContainerFiles(List.of(), null, HostPathPolicy.WORKSPACE, Map.of());

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public ContainerFiles {
        Objects.requireNonNull(policy, "policy");
        volumes = List.copyOf(volumes);
        hostPaths = Map.copyOf(hostPaths);
    }

    /** Volumes with paths in a workspace. */
    public static ContainerFiles of(String workspace, List<VolumeSpec> volumes) {
        return new ContainerFiles(volumes, workspace, HostPathPolicy.WORKSPACE, Map.of());
    }
}
