package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.volume.spec.HostPathPolicy;
import io.jenkins.plugins.containerbuild.engine.volume.spec.MountOptions;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts containers for commands that are given one after the other: the workspace is mounted at its own path, the agent's
 * account is known, and the container's process only waits.
 */
public final class Workroom {

    /** Where it is missing, it is made, by the user of this process. */
    private static final MountOptions MADE =
            new MountOptions(null, null, null, true, false, null, null, null, Map.of(), Map.of(), null, null);

    private final EngineConnection connection;
    private final ContainerStart starting;

    /**
     * @param connection the daemon
     * @param starting starts containers
     */
    public Workroom(EngineConnection connection, ContainerStart starting) {
        this.connection = connection;
        this.starting = starting;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Containers#startWorkroom}. */
    public ContainerDetails start(ContainerRequest request, List<String> directories, Account account)
            throws EngineException, InterruptedException {
        ContainerProcess process = request.process();
        Map<String, String> env = new LinkedHashMap<>(process.env());
        boolean ownUser = process.user() != null;
        if (!ownUser) {
            env.putIfAbsent("HOME", account.home());
        }
        List<VolumeSpec> volumes = new ArrayList<>();
        for (String directory : outermost(directories)) {
            volumes.add(new VolumeSpec(VolumeSpec.Kind.HOST_PATH, directory, directory, false, MADE));
        }
        volumes.addAll(request.files().volumes());
        ContainerFiles files = request.files();
        List<String> allowed = new ArrayList<>(files.policy().allowed());
        allowed.addAll(directories);
        HostPathPolicy policy = new HostPathPolicy(files.policy().anywhere(), allowed);
        ContainerRequest room = request.withProcess(new ContainerProcess(
                        // It reads its standard input, which stays open and gets nothing.
                        List.of("cat"),
                        List.of(),
                        env,
                        ownUser ? process.user() : account.user(),
                        process.workdir() == null ? directories.get(0) : process.workdir(),
                        true))
                .withFiles(new ContainerFiles(volumes, files.workspace(), policy));
        ContainerStore store = new ContainerStore(connection);
        return starting.start(room, Readiness.RUNNING, id -> {
            if (!ownUser) {
                new AccountFiles(connection, store).add(id, account);
            }
        });
    }

    /** Without those that lie in another one of them. */
    private static List<String> outermost(List<String> directories) {
        List<String> kept = new ArrayList<>();
        for (String directory : directories) {
            Path path = Path.of(directory);
            boolean inside =
                    directories.stream().map(Path::of).anyMatch(other -> !other.equals(path) && path.startsWith(other));
            if (!inside && !kept.contains(directory)) {
                kept.add(directory);
            }
        }
        return kept;
    }
}
