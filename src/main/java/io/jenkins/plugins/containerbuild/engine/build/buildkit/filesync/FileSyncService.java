package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FileSyncGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.context.Tally;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends directories to BuildKit, which asks for them over the session: the service {@code FileSync} of moby/buildkit with
 * the packets of tonistiigi/fsutil. BuildKit knows them by their names: {@code context}; {@code dockerfile}, where the
 * Dockerfile and its own ignore file are and nothing else; and the names of further contexts. It is told what there is,
 * and asks for the contents that it does not have from an earlier build. Several calls may run at once.
 */
public final class FileSyncService {

    /** As many as BuildKit has ever been seen to need, and some more; each takes a thread. */
    private static final int MOST_CALLS = 32;

    private static final int READY_THRESHOLD = 1 << 20;

    private final Map<String, SyncDirectory> directories;
    private final Executor workers;
    private final EngineListener listener;
    private final Tally tally = new Tally();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final SyncRecord sent = new SyncRecord();

    /**
     * @param directories what may be sent, by the names that the daemon knows; not null
     * @param workers runs one task for each call, until it ends or is interrupted; not null
     * @param listener told how much of the contexts was sent, from the workers' threads; not null
     */
    public FileSyncService(Map<String, SyncDirectory> directories, Executor workers, EngineListener listener) {
        this.directories = Map.copyOf(directories);
        this.workers = Objects.requireNonNull(workers, "workers");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** The service as a gRPC server takes it, together with what reads its headers. */
    public ServerServiceDefinition definition() {
        return ServerInterceptors.intercept(
                new FileSyncGrpc.FileSyncImplBase() {
                    @Override
                    public StreamObserver<Packet> diffCopy(StreamObserver<Packet> daemon) {
                        if (daemon instanceof ServerCallStreamObserver<Packet> call) {
                            return start(SyncHeaders.current(), call);
                        }
                        throw new IllegalStateException("gRPC gives servers this kind of observer alone");
                    }
                },
                new SyncHeaders());
    }

    /**
     * Why the context could not be sent: the first failure of reading it, where possible a
     * {@link io.jenkins.plugins.containerbuild.engine.build.context.ContextReadException}; or null. Also null when it
     * was the daemon or a cancellation that ended the sending. Any thread may ask at any time.
     */
    public IOException failure() {
        return failure.get();
    }

    /** What the daemon was told. */
    public SyncRecord sent() {
        return sent;
    }

    private StreamObserver<Packet> start(SyncRequest request, ServerCallStreamObserver<Packet> daemon) {
        daemon.setOnReadyThreshold(READY_THRESHOLD);
        DaemonRequests requests = new DaemonRequests(daemon);
        SyncSender.Listing listing = listing(request);
        if (listing == null) {
            refuse(daemon, Status.NOT_FOUND, "no access to the directory '" + request.directory() + "'");
        } else if (calls.incrementAndGet() > MOST_CALLS) {
            calls.decrementAndGet();
            refuse(daemon, Status.RESOURCE_EXHAUSTED, "more than " + MOST_CALLS + " synchronisations at once");
        } else {
            sent.begin();
            run(
                    new SyncSender(
                            listing,
                            requests,
                            daemon,
                            progress(request),
                            this::failed,
                            digest -> ended(request, digest)),
                    daemon);
        }
        return requests;
    }

    private SyncSender.Listing listing(SyncRequest request) {
        SyncDirectory directory = directories.get(request.directory());
        return directory == null ? null : () -> ReadAhead.of(directory.files(request.patterns()), workers);
    }

    private SyncProgress progress(SyncRequest request) {
        boolean isContext = !request.directory().equals("dockerfile") && !request.isForIgnoreFile();
        return isContext
                ? new SyncProgress(tally, listener, System::nanoTime)
                : new SyncProgress(new Tally(), event -> {}, System::nanoTime);
    }

    private void run(SyncSender sender, StreamObserver<Packet> daemon) {
        try {
            workers.execute(() -> {
                try {
                    sender.run();
                } finally {
                    calls.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            calls.decrementAndGet();
            sent.end(null);
            refuse(daemon, Status.CANCELLED, "the build has ended");
        }
    }

    private void ended(SyncRequest request, String digest) {
        sent.end(digest == null ? null : new SentDirectory(request.directory(), request.patterns(), digest));
    }

    private void failed(IOException e) {
        failure.compareAndSet(null, e);
    }

    private static void refuse(StreamObserver<Packet> daemon, Status status, String reason) {
        daemon.onError(status.withDescription(reason).asRuntimeException());
    }
}
