package io.jenkins.plugins.containerbuild.engine.build.buildkit.transport;

import io.grpc.Status;
import io.jenkins.plugins.containerbuild.engine.build.BuilderInfo;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ControlGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.InfoRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.InfoResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ListWorkersRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ListWorkersResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerPlatform;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.WorkerRecord;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderLostException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out whether a builder can be built on: connects to it and asks it who it is, both within a short bound. */
public final class BuilderCheck {

    private static final long ANSWER_LIMIT_SECONDS = 10;
    private static final String LABEL = "org.mobyproject.buildkit.worker.";

    private final RemoteBuildKit builder;

    /** @param builder which one */
    public BuilderCheck(RemoteBuildKit builder) {
        this.builder = builder;
    }

    /**
     * Connects.
     *
     * @param workers every thread of the connection is one of these
     * @return for the caller to close
     * @throws BuilderLostException when it cannot be reached, with the reason
     * @throws InterruptedException when the thread was interrupted
     */
    public BuildKitChannel connect(Workers workers) throws BuilderLostException, InterruptedException {
        CompletableFuture<BuildKitChannel> channel = new CompletableFuture<>();
        workers.pool().execute(() -> {
            try {
                channel.complete(BuildKitChannel.open(builder, workers));
            } catch (IOException | RuntimeException e) {
                channel.completeExceptionally(e);
            }
        });
        try {
            return channel.get();
        } catch (InterruptedException e) {
            builder.abandon();
            throw e;
        } catch (ExecutionException e) {
            throw builder.unusable(e.getCause());
        }
    }

    /**
     * Asks it who it is.
     *
     * @throws BuilderLostException when it gives no answer or has nobody who works
     * @throws InterruptedException when the thread was interrupted
     */
    public BuilderInfo ask(BuildKitChannel channel) throws BuilderLostException, InterruptedException {
        ControlGrpc.ControlFutureStub control =
                ControlGrpc.newFutureStub(channel.channel()).withDeadlineAfter(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
        ListWorkersResponse workers;
        try {
            workers = answer(control.listWorkers(ListWorkersRequest.getDefaultInstance()));
        } catch (ExecutionException e) {
            throw unanswered(e.getCause());
        }
        if (workers.getRecordCount() == 0) {
            throw builder.unusable(
                    "it has no worker, so it cannot build anything",
                    "Look into the log of buildkitd: a worker needs runc, and rights or user namespaces");
        }
        return new BuilderInfo(
                builder.uri(),
                version(control, workers),
                workers.getRecordList().stream().map(BuilderCheck::worker).toList());
    }

    private static <T> T answer(Future<T> call) throws ExecutionException, InterruptedException {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        }
    }

    private BuilderLostException unanswered(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED ->
                builder.unusable(
                        "it took the connection, but gave no answer within " + ANSWER_LIMIT_SECONDS + " seconds",
                        "Look into the log of buildkitd, and at the load of its machine");
            case UNIMPLEMENTED ->
                builder.unusable("what answers there is no buildkitd", "Check the address and the port");
            default -> builder.unusable(failure);
        };
    }

    /** Daemons before 0.11 do not know the question; their workers tell it, where anybody does. */
    private static String version(ControlGrpc.ControlFutureStub control, ListWorkersResponse workers)
            throws InterruptedException {
        String told = "";
        try {
            InfoResponse info = answer(control.info(InfoRequest.getDefaultInstance()));
            told = info.getBuildkitVersion().getVersion();
        } catch (ExecutionException e) {
            System.getLogger(BuilderCheck.class.getName())
                    .log(System.Logger.Level.DEBUG, "a builder does not tell its version", e);
        }
        String worker = workers.getRecord(0).getBuildkitVersion().getVersion();
        return Stream.of(told, worker)
                // Whoever builds it without a version has it say so.
                .filter(version -> !version.isEmpty() && !version.startsWith("v0.0.0"))
                .findFirst()
                .orElse("unknown");
    }

    private static BuilderInfo.Worker worker(WorkerRecord record) {
        String kind = Stream.of("executor", "snapshotter")
                .map(label -> record.getLabelsMap().getOrDefault(LABEL + label, ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        List<String> platforms = record.getPlatformsList().stream()
                // The levels of this processor, v2 and up, are no platforms that people build for.
                .filter(platform -> !platform.getArchitecture().equals("amd64")
                        || platform.getVariant().isEmpty())
                .map(BuilderCheck::text)
                .distinct()
                .toList();
        return new BuilderInfo.Worker(record.getID(), kind, platforms);
    }

    private static String text(WorkerPlatform platform) {
        String base = platform.getOS() + '/' + platform.getArchitecture();
        return platform.getVariant().isEmpty() ? base : base + '/' + platform.getVariant();
    }
}
