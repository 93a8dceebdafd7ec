package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import com.github.dockerjava.api.model.Info;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ImageHome;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.util.List;

/** Asks a Docker Engine what it can do with a result. */
final class ExportProbe {

    /** That of Engine 26, whose BuildKit is 0.13. */
    private static final int API_OF_SEVERAL_OUTPUTS = 45;

    private ExportProbe() {}

    static ExportAbilities of(EngineConnection connection, String name) throws EngineException, InterruptedException {
        String[] version = connection.info().serverApiVersion().split("\\.", 2);
        boolean several = !version[0].equals("1") || Integer.parseInt(version[1]) >= API_OF_SEVERAL_OUTPUTS;
        try {
            ImageHome home = connection.call(docker -> home(docker.infoCmd().exec()));
            return new ExportAbilities(name, home, several);
        } catch (DaemonRefusal e) {
            throw new EngineException(
                    "could not learn how the " + name + " keeps images",
                    "it answered: " + e.getMessage(),
                    "Look into the daemon's log for more",
                    e);
        }
    }

    private static ImageHome home(Info info) {
        List<List<String>> status = info.getDriverStatuses() == null ? List.of() : info.getDriverStatuses();
        boolean containerd = status.stream().anyMatch(entry -> entry.contains("io.containerd.snapshotter.v1"));
        return containerd ? ImageHome.CONTAINERD : ImageHome.CLASSIC;
    }
}
