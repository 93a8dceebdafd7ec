package io.jenkins.plugins.containerbuild.engine.network;

import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a daemon knows of one of its networks.
 *
 * @param id its id
 * @param name its name
 * @param driver its driver
 * @param internal whether its containers reach nothing outside of it
 * @param labels all its labels
 * @param containers the ids of the containers in it
 */
public record NetworkDetails(
        String id, String name, String driver, boolean internal, Map<String, String> labels, List<String> containers)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public NetworkDetails {
        labels = Map.copyOf(labels);
        containers = List.copyOf(containers);
    }

    /** Whose it is; empty for one that was not made here. */
    public Optional<Ownership> ownership() {
        return Ownership.of(labels);
    }
}
