package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildOutput;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.ProgressMode;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.OptionRules;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.cache.BuildCache;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.ContentService;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.ContextFilesPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.Contexts;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.FilesSession;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.SessionMemory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ArchiveSink;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportAnswer;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ExportPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.Exports;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.ArgumentMask;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.AuthService;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SecretsPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderLostException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.Detour;
import io.jenkins.plugins.containerbuild.engine.registry.PushRefusedException;
import io.jenkins.plugins.containerbuild.engine.registry.PushRetries;
import io.jenkins.plugins.containerbuild.engine.registry.PushVia;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.ReadBack;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * One build on one BuildKit daemon, wherever that is: puts together what the daemon is asked to solve and what it may ask
 * for meanwhile, and tells what came out.
 *
 * @param host the daemon
 * @param registries logins for base images and pushes
 * @param secrets where the values of secrets come from
 * @param memory what this machine remembers of its last builds
 * @param request what is built
 */
record HostedBuild(
        Host host, RegistryAccess registries, SecretSources secrets, SessionMemory memory, BuildRequest request) {

    /**
     * Begins to look whether files have changed since the last build, which takes about as long as to connect to the daemon.
     *
     * @param contexts what the request names
     * @param workers every thread of the build is one of these
     */
    Future<FilesSession> session(Contexts contexts, Workers workers) {
        if (request.call() != Call.BUILD) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("a question is asked in a session of its own"));
        }
        return workers.pool().submit(() -> FilesSession.open(memory, contexts, host.endpoint(), request.noCache()));
    }

    /**
     * Builds.
     *
     * @param contexts what the request names
     * @param session as {@link #session} began to find it
     * @param channel to the daemon
     * @param workers every thread of the build is one of these
     * @param events told what happens
     * @throws EngineException when the request is wrong, the build failed or the daemon went away
     * @throws IOException when the connection is lost before the build began
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    BuiltImage run(
            Contexts contexts,
            Future<FilesSession> session,
            BuildKitChannel channel,
            BuilderAbilities daemon,
            Workers workers,
            SerialListener events)
            throws EngineException, InterruptedException, IOException {
        OptionRules.check(request, daemon);
        BuildCache cache = BuildCache.open(request, registries);
        cache.check(daemon);
        ContentService blobs = blobs(contexts, cache);
        ArgumentMask mask = new ArgumentMask(request.buildArgs());
        BuildProgress progress = request.progress() == ProgressMode.RAWJSON
                ? BuildProgress.withJson(events, mask)
                : new BuildProgress(events, mask);
        if (request.call() != Call.BUILD) {
            ContextFilesPart files = new ContextFilesPart(contexts, workers.pool(), events);
            return new BuildRun(host.endpoint(), request, progress)
                    .ask(
                            channel,
                            workers,
                            SessionPlan.once(contexts.sharedKey()),
                            List.of(files, new AuthService(registries, events), blobs),
                            List.of(new FrontendOptions(request, daemon), host.sources(), files),
                            events);
        }
        ExportPlan plan = ExportPlan.of(request, request.via(), daemon, registries);
        plan.notes().forEach(note -> events.on(new EngineEvent.Note(note)));
        cache.notes().forEach(note -> events.on(new EngineEvent.Note(note)));
        Running running = new Running(contexts, channel, daemon, workers, events, cache, blobs, progress);
        try {
            return exported(running, session, plan);
        } catch (BuilderLostException e) {
            throw progress.exportBegan() ? lostInExport(e) : e;
        }
    }

    private BuiltImage exported(Running running, Future<FilesSession> session, ExportPlan plan)
            throws EngineException, InterruptedException, IOException {
        try {
            return exported(running, await(session), plan, false);
        } catch (Detour.TakenException detour) {
            running.events().on(detour.note());
            return exported(
                    running,
                    await(session(running.contexts(), running.workers())),
                    ExportPlan.of(request, PushVia.AGENT, running.daemon(), registries),
                    true);
        }
    }

    private static FilesSession await(Future<FilesSession> session) throws InterruptedException {
        try {
            return session.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException("looking for changes never fails", e.getCause());
        }
    }

    /** What stays the same where an image is exported once more in another way. */
    private record Running(
            Contexts contexts,
            BuildKitChannel channel,
            BuilderAbilities daemon,
            Workers workers,
            SerialListener events,
            BuildCache cache,
            ContentService blobs,
            BuildProgress progress) {}

    private BuiltImage exported(Running running, FilesSession session, ExportPlan plan, boolean cached)
            throws EngineException, InterruptedException, IOException {
        SerialListener events = running.events();
        Workers workers = running.workers();
        Contexts contexts = running.contexts();
        BuildKitChannel channel = running.channel();
        BuildProgress progress = running.progress();
        DirectWork work = registries(request.pushedNames(), events);
        ArchiveSink loading = plan.inDaemon() ? host.loading(workers) : null;
        try (SecretsPart secret = SecretsPart.of(request, secrets);
                Exports exports = new Exports(plan, request, loading, work, workers.pool(), events)) {
            if (cached) {
                exports.expectCached();
            }
            ContextFilesPart files = new ContextFilesPart(contexts, workers.pool(), events);
            AuthService logins = new AuthService(registries.preferring(plan.pushed()), events);
            List<SessionPart> asked = List.of(files, logins, running.blobs(), secret, exports);
            List<SolvePart> solved = List.of(
                    new FrontendOptions(request, running.daemon()), host.sources(), files, running.cache(), exports);
            BuildRun run = new BuildRun(host.endpoint(), request, progress);
            // What tells the frontend of another session would be a part of the provenance.
            boolean apart = running.daemon().takesFilesFromOtherSession()
                    && request.attests().isEmpty();
            Map<String, String> answer;
            boolean well = false;
            try {
                answer = new PushRetries(registries, events)
                        .run(() -> orDetour(() -> exports.pushing(() ->
                                run.run(channel, workers, session.next(apart, files.services()), asked, solved))));
                well = true;
            } finally {
                // With a login, and also with the lack of one that made it fail, the daemon would go on in the next
                // build.
                session.remember(files.sent(), apart, well && !logins.gaveLogin());
            }
            List<String> outputs = exports.keep();
            BuiltImage built = new ExportedImage(
                            plan,
                            new ExportAnswer(answer, running.daemon().home()),
                            new SolveFailure(request, progress),
                            work)
                    .described(host, channel.channel(), progress, outputs, exports.pushedPast(), events);
            ReadBack readBack = work::digestOf;
            for (PushedReference pushed : built.pushed()) {
                readBack.require(pushed, events);
            }
            leaveCache(
                    running.cache(),
                    built,
                    running.daemon(),
                    contexts,
                    List.of(logins, running.blobs(), secret),
                    channel,
                    workers,
                    events);
            return built;
        }
    }

    /** What has no tag cannot be pushed past the daemon. */
    private <T> T orDetour(PushRetries.Attempt<T> attempt)
            throws PushRefusedException, EngineException, IOException, InterruptedException {
        try {
            return attempt.run();
        } catch (PushRefusedException refused) {
            if (request.outputs().stream().noneMatch(BuildOutput::pushesByDigest)) {
                new Detour(registries).check(refused);
            }
            throw refused;
        }
    }

    private DirectWork registries(List<ImageReference> pushed, EngineListener events) {
        RegistryAccess access = registries.preferring(pushed);
        return new DirectWork(access.registries(), access.credentials(), secrets.mask()::add, events);
    }

    private static ContentService blobs(Contexts contexts, BuildCache cache) {
        Map<String, OciLayout> stores = new HashMap<>(contexts.stores());
        stores.putAll(cache.stores());
        return new ContentService(stores);
    }

    private void leaveCache(
            BuildCache cache,
            BuiltImage built,
            BuilderAbilities daemon,
            Contexts contexts,
            List<SessionPart> asked,
            BuildKitChannel channel,
            Workers workers,
            EngineListener events)
            throws EngineException, InterruptedException {
        // Told once already: the steps and what was sent.
        EngineListener nobody = event -> {};
        new CacheExport(cache, events).run(built, target -> {
            ContextFilesPart files = new ContextFilesPart(contexts, workers.pool(), nobody);
            List<SessionPart> parts = new ArrayList<>(asked);
            parts.add(files);
            BuildProgress progress = new BuildProgress(nobody, new ArgumentMask(request.buildArgs()));
            return new BuildRun(host.endpoint(), request, progress)
                    .run(
                            channel.within(target.limit()),
                            workers,
                            SessionPlan.once(contexts.sharedKey()),
                            parts,
                            List.of(
                                    new FrontendOptions(request, daemon),
                                    host.sources(),
                                    files,
                                    cache.exportingTo(target)));
        });
    }

    /** No other builder may try then: what was pushed would be pushed twice, perhaps differently. */
    private static EndpointException lostInExport(BuilderLostException lost) {
        return new EndpointException(
                lost.what() + " while it exported the result",
                lost.why(),
                "Look whether the result has arrived where it was to go, and build again; " + lost.advice(),
                lost);
    }
}
