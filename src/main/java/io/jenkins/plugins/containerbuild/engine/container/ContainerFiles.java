package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What is mounted into a container.
 *
 * @param volumes in the order in which they are mounted
 * @param workspace what relative host paths are relative to, and what they must not leave unless the policy allows it;
 *     null when there are no host paths
 * @param policy which host paths are allowed; not null
 */
public record ContainerFiles(List<VolumeSpec> volumes, String workspace, HostPathPolicy policy)
        implements Serializable {

    /** Nothing. */
    public static final ContainerFiles NONE = new ContainerFiles(List.of(), null, HostPathPolicy.WORKSPACE);

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public ContainerFiles {
        Objects.requireNonNull(policy, "policy");
        volumes = List.copyOf(volumes);
    }

    /** Volumes with paths in a workspace. */
    public static ContainerFiles of(String workspace, List<VolumeSpec> volumes) {
        return new ContainerFiles(volumes, workspace, HostPathPolicy.WORKSPACE);
    }
}
