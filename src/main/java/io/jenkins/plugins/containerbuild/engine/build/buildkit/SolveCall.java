package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.progress.BuildProgress;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The two calls of one build: Solve does it, Status tells of it. */
final class SolveCall {

    /** A daemon that fails before it has begun never ends the stream of its progress. */
    private static final long LAST_PROGRESS_SECONDS = 3;

    private final Channel channel;
    private final BuildProgress progress;

    SolveCall(Channel channel, BuildProgress progress) {
        this.channel = channel;
        this.progress = progress;
    }

    /**
     * Builds.
     *
     * @return what the exporter answered
     * @throws ExecutionException when it failed, with gRPC's exception as the cause
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    Map<String, String> run(SolveRequest request) throws ExecutionException, InterruptedException {
        ControlGrpc.ControlStub control = ControlGrpc.newStub(channel);
        Answers<StatusRequest, StatusResponse> status = new Answers<>(progress::on);
        Answers<SolveRequest, SolveResponse> solve = new Answers<>(answer -> {});
        control.status(StatusRequest.newBuilder().setRef(request.getRef()).build(), status);
        control.solve(request, solve);
        try {
            return solve.end.get().getExporterResponseMap();
        } catch (InterruptedException e) {
            solve.cancel();
            status.cancel();
            throw e;
        } finally {
            awaitLast(status);
        }
    }

    private static void awaitLast(Answers<StatusRequest, StatusResponse> status) throws InterruptedException {
        try {
            status.end.get(LAST_PROGRESS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Solve's answer counts; progress is what was told until now.
            status.cancel();
        }
    }

    /** Hands on every answer, and keeps the last one for the end. */
    private static final class Answers<Q, A> implements ClientResponseObserver<Q, A> {

        private final Consumer<A> sink;
        private final CompletableFuture<A> end = new CompletableFuture<>();
        private final AtomicReference<ClientCallStreamObserver<Q>> call = new AtomicReference<>();
        private volatile A last;

        Answers(Consumer<A> sink) {
            this.sink = sink;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> stream) {
            call.set(stream);
        }

        @Override
        public void onNext(A answer) {
            last = answer;
            sink.accept(answer);
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(last);
        }

        void cancel() {
            ClientCallStreamObserver<Q> begun = call.get();
            if (begun != null) {
                begun.cancel("the build was cancelled", null);
            }
        }
    }
}
