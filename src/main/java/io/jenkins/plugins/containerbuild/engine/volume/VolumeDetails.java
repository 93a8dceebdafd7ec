package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a daemon knows of one of its volumes.
 *
 * @param name its name
 * @param driver its driver
 * @param mountpoint where its files are on the daemon's host; empty where the driver does not tell
 * @param created when it was made; null where the daemon does not tell
 * @param labels all its labels
 * @param driverOpts the driver's options; passwords of file servers may be among the values
 * @param sizeBytes what its files take; null where the driver does not tell
 * @param usedBy the containers that have it mounted
 */
public record VolumeDetails(
        String name,
        String driver,
        String mountpoint,
        Instant created,
        Map<String, String> labels,
        Map<String, String> driverOpts,
        Long sizeBytes,
        List<VolumeUser> usedBy)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the collections; the maps are sorted by their keys. */
    public VolumeDetails {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        driverOpts = Collections.unmodifiableMap(new TreeMap<>(driverOpts));
        usedBy = List.copyOf(usedBy);
    }

    /** Whose it is; empty for a volume that was not made here. */
    public Optional<Ownership> ownership() {
        return Ownership.of(labels);
    }

    /** The same with its size (or null) and its users (or null for none). */
    VolumeDetails with(Long size, List<VolumeUser> users) {
        return new VolumeDetails(
                name, driver, mountpoint, created, labels, driverOpts, size, users == null ? List.of() : users);
    }

    /** Whether a container has it mounted. */
    public boolean isInUse() {
        return !usedBy.isEmpty();
    }

    /** Without the values of the driver's options. */
    @Override
    public String toString() {
        return "VolumeDetails[name=" + name + ", driver=" + driver + ", created=" + created + ", sizeBytes=" + sizeBytes
                + ", usedBy=" + usedBy + "]";
    }
}
