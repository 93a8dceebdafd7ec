package io.jenkins.plugins.containerbuild.engine.volume.spec;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a volume is mounted, beside where and whether it may be written to. Null is what the daemon does by itself.
 *
 * @param selinux {@code z} (label shared by several containers) or {@code Z} (private) for SELinux
 * @param propagation of mounts below a host path: {@code private}, {@code rprivate}, {@code shared}, {@code rshared},
 *     {@code slave}, {@code rslave}
 * @param recursive what becomes of mounts below a host path: {@code enabled}, {@code disabled}, {@code writable},
 *     {@code readonly}
 * @param createHostPath whether a host path that is missing is made as a directory
 * @param nocopy whether an empty volume stays empty, instead of getting what the image has at its place
 * @param subpath the path in a named volume that is mounted in place of its root; needs Engine 26
 * @param consistency {@code consistent}, {@code cached}, {@code delegated}; means something on macOS alone
 * @param driver the driver of a volume that is made for this
 * @param driverOpts the driver's options
 * @param labels labels of a volume that is made for this
 * @param tmpfsSize bytes of a file system in memory
 * @param tmpfsMode its permissions, such as 01777
 */
public record MountOptions(
        String selinux,
        String propagation,
        String recursive,
        Boolean createHostPath,
        boolean nocopy,
        String subpath,
        String consistency,
        String driver,
        Map<String, String> driverOpts,
        Map<String, String> labels,
        Long tmpfsSize,
        Integer tmpfsMode)
        implements Serializable {

    /** Nothing but what the daemon does by itself. */
    public static final MountOptions NONE =
            new MountOptions(null, null, null, null, false, null, null, null, Map.of(), Map.of(), null, null);

    private static final long serialVersionUID = 1L;

    /** Copies the maps. */
    public MountOptions {
        driverOpts = Collections.unmodifiableMap(new LinkedHashMap<>(driverOpts));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Without the values of the driver's options: there may be passwords among them. */
    @Override
    public String toString() {
        return "MountOptions[selinux=" + selinux + ", propagation=" + propagation + ", subpath=" + subpath + ", nocopy="
                + nocopy + ", driver=" + driver + ", driverOpts=" + driverOpts.keySet() + "]";
    }
}
