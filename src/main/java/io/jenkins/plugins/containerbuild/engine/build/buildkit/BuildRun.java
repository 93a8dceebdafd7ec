package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.UnknownNamedContexts;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.Sessions;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One build on one BuildKit daemon: a session with everything that the daemon may ask of us, then the solve.
 *
 * @param endpoint the daemon, for messages
 * @param request what is built, for messages
 * @param progress told of the daemon's progress
 */
record BuildRun(BuildKitEndpoint endpoint, BuildRequest request, BuildProgress progress) {

    private static final long TICK_MILLIS = 250;

    /** What is done once the session is open. */
    private interface Work<T> {
        T of(SolveRequest solve) throws ExecutionException, InterruptedException;
    }

    /**
     * Builds.
     *
     * @param channel to the daemon
     * @param workers every thread of the build is one of these
     * @param sessions what the daemon may ask goes through these
     * @param asked what the daemon may ask for; the caller closes them
     * @param solved what the daemon is to solve
     * @return what the exporters answered
     * @throws EngineException when it failed
     * @throws IOException when the session cannot be opened
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    Map<String, String> run(
            BuildKitChannel channel,
            Workers workers,
            SessionPlan sessions,
            List<SessionPart> asked,
            List<SolvePart> solved)
            throws EngineException, IOException, InterruptedException {
        return inSession(channel, workers, sessions, asked, solved, new SolveCall(channel.channel(), progress)::run);
    }

    /**
     * Asks the Dockerfile what the request's call says, instead of building it.
     *
     * @param channel to the daemon
     * @param workers every thread of the call is one of these
     * @param sessions what the daemon may ask goes through these
     * @param asked what the daemon may ask for; the caller closes them
     * @param solved what would be built
     * @param listener told of the answer
     * @return no image, but the answer
     * @throws EngineException when it failed, or the daemon's frontend cannot answer
     * @throws IOException when the session cannot be opened
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    BuiltImage ask(
            BuildKitChannel channel,
            Workers workers,
            SessionPlan sessions,
            List<SessionPart> asked,
            List<SolvePart> solved,
            EngineListener listener)
            throws EngineException, IOException, InterruptedException {
        DockerfileQuestion question = new DockerfileQuestion(request, endpoint.name(), listener, progress::masked);
        BridgeCall bridge = new BridgeCall(channel.channel(), progress, request.call());
        return question.read(inSession(channel, workers, sessions, asked, solved, bridge::run));
    }

    private <T> T inSession(
            BuildKitChannel channel,
            Workers workers,
            SessionPlan sessions,
            List<SessionPart> asked,
            List<SolvePart> solved,
            Work<T> work)
            throws EngineException, IOException, InterruptedException {
        SolveRequest.Builder solve =
                SolveRequest.newBuilder().setRef(UUID.randomUUID().toString());
        // Before the daemon hears of a session: an option that it cannot take would leave one half open.
        for (SolvePart part : solved) {
            part.addTo(solve);
        }
        try (Sessions open = Sessions.open(
                endpoint,
                channel.channel(),
                workers,
                sessions,
                asked.stream().flatMap(part -> part.services().stream()).toList())) {
            open.addTo(solve);
            ScheduledFuture<?> ticks = workers.timer()
                    .scheduleWithFixedDelay(progress::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            boolean well = false;
            try {
                T result = work.of(solve.build());
                well = true;
                return result;
            } finally {
                ticks.cancel(false);
                progress.end(well);
            }
        } catch (ExecutionException e) {
            throw asked.stream()
                    .map(SessionPart::failure)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> failure(e.getCause()));
        }
    }

    private EngineException failure(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        if (UnknownNamedContexts.areMeantBy(words)) {
            return UnknownNamedContexts.refusedBy(endpoint.name());
        }
        return request.call() != Call.BUILD && DockerfileQuestion.isUnknown(words)
                ? new DockerfileQuestion(request, endpoint.name(), event -> {}, progress::masked).unknown()
                : new SolveFailure(request, progress).of(cause, endpoint);
    }
}
