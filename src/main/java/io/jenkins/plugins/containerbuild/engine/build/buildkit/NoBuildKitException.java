package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;

/** The Engine has no BuildKit. Nothing was built; its classic builder can still be used. */
public final class NoBuildKitException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NoBuildKitException(EngineInfo engine, BuildKitRefusedException cause) {
        super(
                "could not build with BuildKit, which DOCKER_BUILDKIT asks for",
                "the " + engine.product() + " at " + engine.uri() + " has none: " + cause.getMessage(),
                "Leave DOCKER_BUILDKIT out to build with its classic builder, or use a Docker Engine for Linux containers",
                cause);
        reason = cause.getMessage();
    }

    /** How the daemon shows it, without a full stop at its end. */
    public String reason() {
        return reason;
    }
}
