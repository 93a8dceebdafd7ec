package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.Channel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The two calls of one build: Solve does it, Status tells of it. */
final class SolveCall {

    /** A daemon that fails before it has begun never ends the stream of its progress. */
    private static final long NO_PROGRESS_SECONDS = 3;

    /** On an agent that sees this code for the first time, reading the stream may take much longer than the build. */
    private static final long LAST_PROGRESS_SECONDS = 60;

    private final Channel channel;
    private final BuildProgress progress;

    SolveCall(Channel channel, BuildProgress progress) {
        this.channel = channel;
        this.progress = progress;
    }

    /** What is done while Solve runs. */
    interface Meanwhile<T> {
        T run() throws ExecutionException, InterruptedException;
    }

    /**
     * Builds.
     *
     * @return what the exporter answered
     * @throws ExecutionException when it failed, with gRPC's exception as the cause
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    Map<String, String> run(SolveRequest request) throws ExecutionException, InterruptedException {
        Answers<StatusRequest, StatusResponse> status = status(request);
        Answers<SolveRequest, SolveResponse> solve = solve(request);
        try {
            return solve.await().getExporterResponseMap();
        } catch (InterruptedException e) {
            status.cancel();
            throw e;
        } finally {
            awaitLast(status);
        }
    }

    /**
     * Has the daemon wait for what is done meanwhile, and ends with it.
     *
     * @throws ExecutionException when that failed
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    <T> T runWith(SolveRequest request, Meanwhile<T> meanwhile) throws ExecutionException, InterruptedException {
        Answers<StatusRequest, StatusResponse> status = status(request);
        Answers<SolveRequest, SolveResponse> solve = solve(request);
        try {
            T result = meanwhile.run();
            solve.await();
            return result;
        } catch (InterruptedException e) {
            status.cancel();
            throw e;
        } finally {
            // Of no effect when it has ended.
            solve.cancel();
            awaitLast(status);
        }
    }

    private Answers<StatusRequest, StatusResponse> status(SolveRequest request) {
        Answers<StatusRequest, StatusResponse> status = new Answers<>(progress::on);
        ControlGrpc.newStub(channel)
                .status(StatusRequest.newBuilder().setRef(request.getRef()).build(), status);
        return status;
    }

    private Answers<SolveRequest, SolveResponse> solve(SolveRequest request) {
        Answers<SolveRequest, SolveResponse> solve = new Answers<>();
        ControlGrpc.newStub(channel).solve(request, solve);
        return solve;
    }

    private static void awaitLast(Answers<StatusRequest, StatusResponse> status) throws InterruptedException {
        // The first of it may come later than Solve's answer, too.
        boolean over =
                isOver(status, NO_PROGRESS_SECONDS) || status.hasAnswers() && isOver(status, LAST_PROGRESS_SECONDS);
        if (!over) {
            // Solve's answer counts; progress is what was told until now.
            status.cancel();
        }
    }

    private static boolean isOver(Answers<StatusRequest, StatusResponse> status, long seconds)
            throws InterruptedException {
        try {
            status.end().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // it was lost, or the daemon knows of no progress
        } catch (TimeoutException e) {
            return false;
        }
    }
}
