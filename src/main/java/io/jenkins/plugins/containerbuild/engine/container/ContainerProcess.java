package io.jenkins.plugins.containerbuild.engine.container;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs in a container.
 *
 * @param entrypoint instead of the image's; null to keep that
 * @param command with its arguments; empty for the image's own
 * @param env variables; there may be secrets among the values
 * @param user {@code name}, {@code uid} or {@code uid:gid}; null for the image's own
 * @param workdir an absolute path; null for the image's own
 * @param waits whether its standard input stays open, so that a program that reads it does not end
 */
public record ContainerProcess(
        List<String> entrypoint,
        List<String> command,
        Map<String, String> env,
        String user,
        String workdir,
        boolean waits)
        implements Serializable {

    /** As the image has it. */
    public static final ContainerProcess OF_IMAGE = new ContainerProcess(null, List.of(), Map.of(), null, null, false);

    private static final long serialVersionUID = 1L;

    /** Copies the collections. */
    public ContainerProcess {
        entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /** As the image has it, but with this command. */
    public static ContainerProcess of(String... command) {
        return new ContainerProcess(null, List.of(command), Map.of(), null, null, false);
    }

    /** Without the values of variables. */
    @Override
    public String toString() {
        return "ContainerProcess[entrypoint=" + entrypoint + ", command=" + command + ", env=" + env.keySet()
                + ", user=" + user + ", workdir=" + workdir + "]";
    }
}
