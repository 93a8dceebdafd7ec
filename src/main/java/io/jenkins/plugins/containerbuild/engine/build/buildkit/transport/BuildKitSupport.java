package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import java.io.IOException;

/**
 * Whether a daemon has BuildKit.
 *
 * @param available whether it has
 * @param reason why not, without a full stop at its end; empty where it has
 */
public record BuildKitSupport(boolean available, String reason) {

    private static final BuildKitSupport YES = new BuildKitSupport(true, "");

    /**
     * Tries it: asks for the connection that a build would use, and closes it.
     *
     * @throws IOException when the daemon cannot be reached
     */
    public static BuildKitSupport of(EngineConnection connection) throws IOException {
        EngineInfo info = connection.info();
        if (info.os().equals("windows")) {
            return new BuildKitSupport(false, "it runs Windows containers, for which Docker has no BuildKit");
        }
        try {
            GrpcUpgrade.open(connection).close();
            return YES;
        } catch (BuildKitRefusedException e) {
            return new BuildKitSupport(false, e.getMessage());
        }
    }
}
