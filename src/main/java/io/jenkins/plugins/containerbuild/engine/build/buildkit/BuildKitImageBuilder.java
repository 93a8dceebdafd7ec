package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.AbilityProbe;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.OptionRules;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.ContextFilesPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.Contexts;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.Exports;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.ArgumentMask;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.AuthService;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.EngineBuildKit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.PushRetries;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Builds with the BuildKit inside a Docker Engine, over its own protocol: the daemon asks for those files of the context
 * that it lacks and for logins when a registry wants them, runs independent steps at the same time and knows today's
 * Dockerfiles.
 */
public final class BuildKitImageBuilder implements ImageBuilder {

    private final EngineConnection connection;
    private final RegistryAccess registries;
    private final ImageStore images;

    /**
     * @param connection the daemon
     * @param registries logins for base images
     * @param images where the image is found afterwards
     */
    public BuildKitImageBuilder(EngineConnection connection, RegistryAccess registries, ImageStore images) {
        this.connection = connection;
        this.registries = registries;
        this.images = images;
    }

    /** @throws NoBuildKitException when the daemon has no BuildKit; nothing was done then */
    @Override
    public BuiltImage build(BuildRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        Contexts contexts = Contexts.open(request);
        BuildKitEndpoint endpoint = new EngineBuildKit(connection);
        try (SerialListener events = new SerialListener(listener);
                Workers workers =
                        new Workers("container engine " + connection.info().uri() + " buildkit")) {
            try (BuildKitChannel channel = BuildKitChannel.open(endpoint, workers)) {
                BuilderAbilities abilities = new AbilityProbe(endpoint).ask(channel);
                OptionRules.check(request, abilities);
                return build(request, abilities, contexts, endpoint, channel, workers, events);
            }
        } catch (BuildKitRefusedException e) {
            throw new NoBuildKitException(connection.info(), e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private BuiltImage build(
            BuildRequest request,
            BuilderAbilities daemon,
            Contexts contexts,
            BuildKitEndpoint endpoint,
            BuildKitChannel channel,
            Workers workers,
            SerialListener events)
            throws EngineException, InterruptedException, IOException {
        ArgumentMask mask = new ArgumentMask(request.buildArgs());
        BuildProgress progress = request.progress() == ProgressMode.RAWJSON
                ? BuildProgress.withJson(events, mask)
                : new BuildProgress(events, mask);
        ExportAbilities abilities = ExportAbilities.of(daemon);
        ExportPlan plan = ExportPlan.of(request, abilities, registries);
        plan.notes().forEach(note -> events.on(new EngineEvent.Note(note)));
        try (Exports exports = new Exports(plan, request, null, events)) {
            ContextFilesPart files = new ContextFilesPart(contexts, workers.pool(), events);
            AuthService logins = new AuthService(registries.preferring(plan.pushed()), events);
            List<SessionPart> asked = List.of(files, logins, exports);
            List<SolvePart> solved =
                    List.of(new FrontendOptions(request, daemon), files, new CacheImport(request), exports);
            BuildRun run = new BuildRun(endpoint, request, progress);
            Map<String, String> answer = new PushRetries(registries, events)
                    .run(() -> exports.pushing(() -> run.run(channel, workers, contexts.sharedKey(), asked, solved)));
            return new ExportedImage(
                            plan, new ExportAnswer(answer, abilities.home()), new SolveFailure(request, progress))
                    .described(new BuiltImageId(images), channel.channel(), progress, exports.keep(), events);
        }
    }
}
