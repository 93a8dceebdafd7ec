package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.NoBuildKitException;
import io.jenkins.plugins.containerbuild.engine.build.classic.BuildKitOptions;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.List;

/**
 * The builder of a Docker Engine: BuildKit wherever the daemon has it, which is found out by building with it. Where it has
 * none, the classic builder does the work, and the log says why.
 *
 * @param choice what the environment asks for
 * @param buildKit the one
 * @param classic the other one
 * @param engine the daemon, for messages
 */
record EngineBuilder(BuilderChoice choice, ImageBuilder buildKit, ImageBuilder classic, EngineInfo engine)
        implements ImageBuilder {

    @Override
    public BuiltImage build(BuildRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        if (choice == BuilderChoice.CLASSIC) {
            refuseWhatNeedsBuildKit(
                    request,
                    BuilderChoice.VARIABLE + "=0 asks for the classic builder, which does not know it",
                    "Leave " + BuilderChoice.VARIABLE + "=0 out of the environment, or leave the option out");
            return classic.build(request, listener);
        }
        try {
            return buildKit.build(request, listener);
        } catch (NoBuildKitException e) {
            if (choice == BuilderChoice.BUILDKIT) {
                throw e;
            }
            refuseWhatNeedsBuildKit(
                    request,
                    "the " + engine.product() + " at " + engine.uri() + " has no BuildKit (" + e.reason()
                            + "), and its classic builder does not know it",
                    "Use a Docker Engine for Linux containers or a BuildKit daemon of its own, or leave the option out");
            listener.on(new EngineEvent.Note("The " + engine.product() + " has no BuildKit (" + e.reason()
                    + "); building with its classic builder"));
            return classic.build(request, listener);
        }
    }

    private static void refuseWhatNeedsBuildKit(BuildRequest request, String why, String advice)
            throws InvalidRequestException {
        List<String> options = BuildKitOptions.of(request);
        if (!options.isEmpty()) {
            throw new InvalidRequestException(
                    "could not build with the option " + String.join(", ", options), why, advice);
        }
    }
}
