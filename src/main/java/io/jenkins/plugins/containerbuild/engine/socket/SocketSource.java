package io.jenkins.plugins.containerbuild.engine.socket;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Volume;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds out where the agent's socket lies on the daemon's host. */
final class SocketSource {

    private final EndpointRequest endpoint;
    private final SocketDiagnosis found;

    SocketSource(EndpointRequest endpoint, SocketDiagnosis found) {
        this.endpoint = endpoint;
        this.found = found;
    }

    String find() throws EngineException, InterruptedException {
        String socket = found.path().realPath();
        Mounts.Entry mount = new Mounts(new SystemFiles()).of(socket).orElse(null);
        // A socket that was not mounted into the container was made in it: the daemon runs in the same container.
        if (!found.container().inContainer() || mount == null || mount.point().equals("/")) {
            return socket;
        }
        String id = found.container().id();
        Optional<String> told = id == null ? Optional.empty() : byDaemon(id, socket);
        if (told.isPresent()) {
            return told.get();
        }
        if (mount.type().equals("tmpfs") && mount.point().equals(socket)) {
            return "/run" + mount.root();
        }
        throw new InvalidRequestException(
                "could not mount the Docker socket into the container",
                "the agent is in a container itself, and the daemon does not tell where " + socket
                        + " lies on its host: it knows no container "
                        + (id == null ? "that could be this one" : id),
                "Mount the socket into the agent's container from the host on which the daemon runs");
    }

    private Optional<String> byDaemon(String id, String socket) throws EngineException, InterruptedException {
        try (EngineConnection connection = EngineConnection.open(endpoint, event -> {})) {
            return connection.call(docker -> mounted(docker, id, socket));
        } catch (DaemonRefusal e) {
            return Optional.empty();
        }
    }

    private static Optional<String> mounted(DockerClient docker, String id, String socket) {
        List<InspectContainerResponse.Mount> mounts =
                docker.inspectContainerCmd(id).exec().getMounts();
        return mounts == null
                ? Optional.empty()
                : mounts.stream()
                        .map(mount -> source(mount.getDestination(), mount.getSource(), Path.of(socket)))
                        .filter(Objects::nonNull)
                        .min(Comparator.comparingInt(Source::below))
                        .map(Source::path);
    }

    /**
     * The socket by one of the mounts.
     *
     * @param path on the host
     * @param below how many names the socket is below the mount
     */
    private record Source(String path, int below) {}

    private static Source source(Volume mounted, String from, Path socket) {
        if (mounted == null || from == null) {
            return null;
        }
        Path destination = Path.of(mounted.getPath());
        try {
            // The usual destination /var/run/docker.sock is in a directory that is a link to /run.
            destination = destination.toRealPath();
        } catch (IOException e) {
            return null;
        }
        if (!socket.startsWith(destination)) {
            return null;
        }
        Path rest = destination.relativize(socket);
        boolean itself = socket.equals(destination);
        return new Source(itself ? from : Path.of(from).resolve(rest).toString(), itself ? 0 : rest.getNameCount());
    }
}
