package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;

/**
 * Refuses, before anything is built, options that a daemon is too old for: it would leave them out without a word.
 */
public final class OptionRules {

    private static final String LEAVE_OUT = "leave the option out";

    private final BuildRequest request;
    private final BuilderAbilities daemon;

    private OptionRules(BuildRequest request, BuilderAbilities daemon) {
        this.request = request;
        this.daemon = daemon;
    }

    /** @throws InvalidRequestException when the daemon cannot do an option; names it, the daemon and what can */
    public static void check(BuildRequest request, BuilderAbilities daemon) throws InvalidRequestException {
        new OptionRules(request, daemon).refuseWhatOldOnesIgnore();
    }

    private void refuseWhatOldOnesIgnore() throws InvalidRequestException {
        String classic = daemon.home() == ImageHome.STANDALONE
                ? LEAVE_OUT
                : LEAVE_OUT + ", or set DOCKER_BUILDKIT=0 to build with the classic builder, which knows it";
        since10("shmSize", request.shmSize() != null, classic);
        since10("ulimits", !request.ulimits().isEmpty(), classic);
        since10("cgroupParent", request.cgroupParent() != null, classic);
        RemoteContext context = RemoteContext.of(request.context()).orElse(null);
        if (context != null) {
            since10(
                    "context with such an address, " + context.shown(),
                    context.isSshUrl() || context.hasQuery() || context.subdirectory() != null,
                    "check the sources out yourself");
        }
        since11("annotations", !request.annotations().isEmpty());
        since11("attests", !request.attests().isEmpty());
    }

    private void since10(String option, boolean given, String otherwise) throws InvalidRequestException {
        if (given && !daemon.version().isAtLeast(0, 10)) {
            throw tooOld(option, "Docker Engine 23.0 (BuildKit 0.10)", otherwise);
        }
    }

    private void since11(String option, boolean given) throws InvalidRequestException {
        if (given && daemon.holdsIndexes() && !daemon.version().isAtLeast(0, 11)) {
            throw tooOld(option, "BuildKit 0.11", LEAVE_OUT);
        }
    }

    private InvalidRequestException tooOld(String option, String first, String otherwise) {
        return new InvalidRequestException(
                "could not build with the option " + option,
                "the BuildKit of the " + daemon.name() + " (" + daemon.version() + ") does not know it",
                "Use " + first + " or newer, or " + otherwise);
    }
}
