package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The container that the agent is in, if any, as far as it can be seen from inside.
 *
 * @param runtime what runs it
 * @param id its full id (64 hexadecimal digits); null when there is no container or the id cannot be seen
 * @param evidence where this was seen, such as {@code /.dockerenv}, {@code /proc/self/mountinfo}
 * @param cgroupVersion 1 or 2; 0 when it cannot be seen. A machine with both counts as 1
 * @param rootless whether user 0 in here is another user outside
 * @param uidMap the lines of {@code /proc/self/uid_map}: first id inside, first id outside, how many
 * @param service the systemd service that the agent runs as, such as {@code jenkins-agent.service}; null when it is none
 */
public record ContainerFacts(
        ContainerRuntime runtime,
        String id,
        List<String> evidence,
        int cgroupVersion,
        boolean rootless,
        List<String> uidMap,
        String service)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public ContainerFacts {
        evidence = List.copyOf(evidence);
        uidMap = List.copyOf(uidMap);
    }

    /**
     * The container that this process is in, if any.
     *
     * @param environment of this process
     */
    public static ContainerFacts ofThisProcess(Map<String, String> environment) {
        return new ContainerReader(new SystemFiles(), environment).read();
    }

    /** Whether the agent is in a container. */
    public boolean inContainer() {
        return runtime != ContainerRuntime.NONE;
    }
}
