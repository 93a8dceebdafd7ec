package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;

/** What an Engine's BuildKit is too old for: it would leave such an option out without a word. */
final class Abilities {

    /** That of Engine 23.0, the first after 20.10; its BuildKit is 0.10. */
    private static final int API_OF_BUILDKIT_0_10 = 42;

    private final EngineInfo info;

    Abilities(EngineInfo info) {
        this.info = info;
    }

    void refuseWhatItCannotDo(BuildRequest request) throws InvalidRequestException {
        if (!isOlderThanBuildKit10()) {
            return;
        }
        if (request.shmSize() != null) {
            throw tooOld("shmSize");
        }
        if (!request.ulimits().isEmpty()) {
            throw tooOld("ulimits");
        }
        if (!request.buildContexts().isEmpty()) {
            throw tooOld("buildContexts");
        }
        RemoteContext context = RemoteContext.of(request.context()).orElse(null);
        if (context != null && (context.isSshUrl() || context.hasQuery() || context.subdirectory() != null)) {
            throw tooOld("context with such an address, " + context.shown());
        }
    }

    private boolean isOlderThanBuildKit10() {
        String[] version = info.serverApiVersion().split("\\.", 2);
        return version[0].equals("1") && Integer.parseInt(version[1]) < API_OF_BUILDKIT_0_10;
    }

    private InvalidRequestException tooOld(String option) {
        return new InvalidRequestException(
                "could not build with the option " + option,
                "the BuildKit of the " + info.product() + " " + info.version() + " does not know it",
                "Use Docker Engine 23.0 or newer, leave the option out, or set DOCKER_BUILDKIT=0 to build with the"
                        + " classic builder");
    }
}
