package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A volume's driver options, as they are asked for and as a daemon has them. The local driver gives a volume to an owner by
 * its mount options where an owner cannot be given later: a file system in memory is made anew at each mount, and Podman's
 * API has no other way.
 */
final class DriverOptions {

    private static final String MOUNT_OPTIONS = "o";

    /** What Podman adds to the options, having read them. */
    private static final Set<String> PODMAN = Set.of("UID", "GID", "SIZE", "INODES", "NOQUOTA");

    private DriverOptions() {}

    /** Whether the owner has to be among the options. */
    static boolean holdOwner(VolumeRequest request, boolean podman) {
        boolean local = request.driver() == null || request.driver().equals(VolumeRequest.LOCAL);
        return request.owner() != null
                && local
                && (podman || "tmpfs".equals(request.driverOpts().get("type")));
    }

    /** The options with the owner among them. */
    static Map<String, String> withOwner(Map<String, String> driverOpts, VolumeOwner owner) {
        Map<String, String> options = new TreeMap<>(driverOpts);
        String mount = "uid=" + owner.uid() + ",gid=" + owner.gid();
        options.merge(MOUNT_OPTIONS, mount, (given, added) -> given + ',' + added);
        return options;
    }

    /**
     * Compares what is asked for with what is there.
     *
     * @throws InvalidRequestException when driver or options are others; the values of options are not shown, since there are
     *     passwords among them
     */
    static void requireSame(VolumeRequest request, VolumeDetails found, boolean podman) throws InvalidRequestException {
        String what = "could not create the volume " + found.name();
        String advice = "Ask for the volume as it is, remove it first, or choose another name";
        if (request.driver() != null && !request.driver().equals(found.driver())) {
            throw new InvalidRequestException(
                    what,
                    "there is one of this name with the driver " + found.driver() + ", not " + request.driver(),
                    advice);
        }
        if (request.driverOpts().isEmpty()) {
            return;
        }
        Map<String, String> asked = holdOwner(request, podman)
                ? withOwner(request.driverOpts(), request.owner())
                : new TreeMap<>(request.driverOpts());
        Map<String, String> there = new TreeMap<>(found.driverOpts());
        if (podman) {
            there.keySet().removeAll(PODMAN);
        }
        if (!asked.equals(there)) {
            throw new InvalidRequestException(
                    what,
                    "there is one of this name with other driver options (" + differing(asked, there) + ")",
                    advice);
        }
    }

    private static String differing(Map<String, String> asked, Map<String, String> there) {
        Set<String> names = new TreeSet<>(asked.keySet());
        names.addAll(there.keySet());
        names.removeIf(name -> asked.containsKey(name) && asked.get(name).equals(there.get(name)));
        return String.join(", ", names);
    }
}
