package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which container this process is in: marker files, the names of cgroups, and the files that a runtime mounts
 * into each container, whose sources hold its id. With cgroup v2 the names of cgroups usually tell nothing.
 */
final class ContainerReader {

    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
    private static final Pattern DOCKER_CGROUP = Pattern.compile("[/-]?docker[/-][0-9a-f]{64}");
    private static final Pattern SERVICE = Pattern.compile("/([A-Za-z0-9:_.@\\\\-]+\\.service)(?=/|$)");
    private static final List<String> MOUNTED = List.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf");

    private final SystemFiles files;
    private final Map<String, String> environment;
    private final Mounts mounts;

    /** @param environment that of this process */
    ContainerReader(SystemFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = environment;
        mounts = new Mounts(files);
    }

    ContainerFacts read() {
        String cgroups = files.text("/proc/self/cgroup");
        String mounted = mountedFiles();
        List<String> evidence = new ArrayList<>();
        ContainerRuntime runtime = runtime(cgroups, mounted, evidence);
        boolean inside = runtime != ContainerRuntime.NONE;
        return new ContainerFacts(
                runtime,
                inside ? id(cgroups).or(() -> id(mounted)).orElse(null) : null,
                evidence,
                cgroupVersion(cgroups),
                rootless(),
                files.lines("/proc/self/uid_map").stream()
                        .map(line -> line.trim().replaceAll("\\s+", " "))
                        .toList(),
                inside ? null : service(cgroups));
    }

    private ContainerRuntime runtime(String cgroups, String mounted, List<String> evidence) {
        boolean kubernetes = any(
                note(evidence, cgroups.contains("kubepods"), "/proc/self/cgroup"),
                note(evidence, environment.containsKey("KUBERNETES_SERVICE_HOST"), "KUBERNETES_SERVICE_HOST"),
                note(evidence, mounted.contains("/io.containerd.grpc.v1.cri/"), "/proc/self/mountinfo"));
        boolean podman = any(
                note(evidence, files.exists("/run/.containerenv"), "/run/.containerenv"),
                note(evidence, cgroups.contains("libpod-"), "/proc/self/cgroup"),
                note(evidence, mounted.contains("/overlay-containers/"), "/proc/self/mountinfo"));
        boolean docker = any(
                note(evidence, files.exists("/.dockerenv") && !onDisk(), "/.dockerenv"),
                note(evidence, DOCKER_CGROUP.matcher(cgroups).find(), "/proc/self/cgroup"),
                note(evidence, id(mounted).isPresent(), "/proc/self/mountinfo"));
        // Kubernetes runs its containers by one of the others.
        if (kubernetes) {
            return ContainerRuntime.KUBERNETES;
        }
        if (podman) {
            return ContainerRuntime.PODMAN;
        }
        if (docker) {
            return files.text("/proc/version").contains("linuxkit")
                    ? ContainerRuntime.DOCKER_DESKTOP
                    : ContainerRuntime.DOCKER;
        }
        return note(evidence, id(cgroups).isPresent(), "/proc/self/cgroup")
                ? ContainerRuntime.OTHER
                : ContainerRuntime.NONE;
    }

    private static boolean any(boolean... found) {
        for (boolean one : found) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private static boolean note(List<String> evidence, boolean found, String where) {
        if (found && !evidence.contains(where)) {
            evidence.add(where);
        }
        return found;
    }

    /** A machine that was made of an image still has the marker; but the root of a container is no disk. */
    private boolean onDisk() {
        return mounts.at("/").filter(root -> root.source().startsWith("/dev/")).isPresent();
    }

    private String mountedFiles() {
        StringBuilder sources = new StringBuilder();
        MOUNTED.forEach(point ->
                mounts.at(point).ifPresent(mount -> sources.append(mount.root()).append('\n')));
        return sources.toString();
    }

    /** The innermost: a container in a container has the names of both. */
    private static Optional<String> id(String text) {
        String id = null;
        Matcher found = ID.matcher(text);
        while (found.find()) {
            id = found.group();
        }
        return Optional.ofNullable(id);
    }

    private static int cgroupVersion(String cgroups) {
        if (cgroups.isBlank()) {
            return 0;
        }
        return cgroups.lines().allMatch(line -> line.startsWith("0::")) ? 2 : 1;
    }

    private boolean rootless() {
        return files.lines("/proc/self/uid_map").stream()
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(map -> map.length == 3 && map[0].equals("0") && !map[1].equals("0"));
    }

    private static String service(String cgroups) {
        String name = null;
        Matcher found = SERVICE.matcher(cgroups);
        while (found.find()) {
            name = found.group(1).startsWith("user@") ? name : found.group(1);
        }
        return name;
    }
}
