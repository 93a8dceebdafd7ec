package io.jenkins.plugins.containerbuild.engine.volume.spec;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What the driver "local" mounts as a volume by its options {@code type}, {@code device} and {@code o}, as the command mount
 * has them. That may be a directory or a disk of the daemon's host, which counts as a host path.
 */
public final class LocalDevice {

    private LocalDevice() {}

    /**
     * Looks whether the options lead to the daemon's host.
     *
     * @param driverOpts the options of the driver "local"
     * @param policy what is allowed besides file servers and memory; the workspace is not: a volume has its own place
     * @param volume the volume's name, for messages; null while it has none
     * @throws InvalidRequestException when that is not allowed
     */
    public static void check(Map<String, String> driverOpts, HostPathPolicy policy, String volume)
            throws InvalidRequestException {
        Optional<String> path = hostPath(driverOpts);
        if (path.isPresent()) {
            policy.allowOutside(
                    path.get(),
                    "could not use " + (volume == null ? "a volume" : "the volume " + volume) + " that is at "
                            + Printable.shortened(path.get()) + " of the daemon's host");
        }
    }

    private static Optional<String> hostPath(Map<String, String> driverOpts) {
        String device = driverOpts.getOrDefault("device", "");
        boolean binds = Arrays.stream(driverOpts.getOrDefault("o", "").split(","))
                .map(String::strip)
                .anyMatch(option -> option.equals("bind") || option.equals("rbind"));
        // Two slashes begin a share of Windows, a name and a colon a place on a file server.
        boolean absolute = device.startsWith("/") && !device.startsWith("//");
        return binds || absolute ? Optional.of(device) : Optional.empty();
    }
}
