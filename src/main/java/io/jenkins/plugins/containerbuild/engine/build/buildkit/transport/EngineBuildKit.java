package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The BuildKit inside a Docker Engine. */
public final class EngineBuildKit implements BuildKitEndpoint {

    private final EngineConnection connection;

    /** @param connection to the Engine */
    public EngineBuildKit(EngineConnection connection) {
        this.connection = connection;
    }

    @Override
    public DuplexStream connect() throws IOException {
        if (connection.info().os().equals("windows")) {
            throw new BuildKitRefusedException("it runs Windows containers, for which Docker has no BuildKit");
        }
        if (connection.info().uri().startsWith("npipe:")) {
            throw new BuildKitRefusedException("its BuildKit cannot be reached through a named pipe");
        }
        return GrpcUpgrade.open(connection);
    }

    @Override
    public Optional<DuplexStream> openSession(List<Map.Entry<String, String>> headers) throws IOException {
        return Optional.of(GrpcUpgrade.openSession(connection, headers));
    }

    /** It notices an end by questions after the session's health, which it asks every second or less often. */
    @Override
    public Duration sessionLingers() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String name() {
        EngineInfo info = connection.info();
        return info.product() + ' ' + info.version() + " at " + info.uri();
    }

    @Override
    public Optional<EngineInfo> engine() {
        return Optional.of(connection.info());
    }

    @Override
    public EngineException lost(IOException cause) {
        return connection.lost(LostConnection.plain(cause));
    }
}
