package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import com.google.protobuf.Timestamp;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets BuildKit read and write blobs in directories here: containerd's content service, which BuildKit calls over the
 * session for caches of the type local and for images out of an OCI layout. Several calls may run at once.
 */
public final class ContentService extends ContentGrpc.ContentImplBase implements SessionPart {

    private final Map<String, OciLayout> stores;
    private final ConcurrentMap<String, BlobWriting> writing = new ConcurrentHashMap<>();
    private final AtomicReference<EngineException> failure = new AtomicReference<>();

    /** @param stores the directories by the ids under which the daemon asks for them */
    public ContentService(Map<String, OciLayout> stores) {
        this.stores = Map.copyOf(stores);
    }

    /** Nothing where there is no directory. */
    @Override
    public List<ServerServiceDefinition> services() {
        return stores.isEmpty() ? List.of() : List.of(ServerInterceptors.intercept(bindService(), new StoreHeader()));
    }

    @Override
    public EngineException failure() {
        return failure.get();
    }

    @Override
    public void info(ContentProto.InfoRequest request, StreamObserver<ContentProto.InfoResponse> daemon) {
        answer(daemon, () -> {
            BasicFileAttributes facts = facts(store(), request.getDigest());
            Timestamp time = timestamp(facts.lastModifiedTime().toInstant());
            return ContentProto.InfoResponse.newBuilder()
                    .setInfo(ContentProto.Info.newBuilder()
                            .setDigest(request.getDigest())
                            .setSize(facts.size())
                            .setCreatedAt(time)
                            .setUpdatedAt(time))
                    .build();
        });
    }

    @Override
    public void read(ContentProto.ReadContentRequest request, StreamObserver<ContentProto.ReadContentResponse> daemon) {
        if (!(daemon instanceof ServerCallStreamObserver<ContentProto.ReadContentResponse> call)) {
            throw new IllegalStateException("gRPC gives servers this kind of observer alone");
        }
        try {
            OciLayout store = store();
            long size = facts(store, request.getDigest()).size();
            long offset = Math.max(0, request.getOffset());
            if (offset > size) {
                throw Status.OUT_OF_RANGE
                        .withDescription("the blob has " + size + " bytes")
                        .asException();
            }
            long length = request.getSize() <= 0 ? size - offset : Math.min(request.getSize(), size - offset);
            new BlobReading(store.blob(request.getDigest()), offset, length, call, this::failed).start();
        } catch (StatusException e) {
            daemon.onError(e);
        } catch (IOException e) {
            daemon.onError(failed(e));
        }
    }

    @Override
    public StreamObserver<ContentProto.WriteContentRequest> write(
            StreamObserver<ContentProto.WriteContentResponse> daemon) {
        String id = StoreHeader.current();
        return new BlobWriting(id, stores.get(id), daemon, writing, this::failed);
    }

    @Override
    public void status(ContentProto.StatusRequest request, StreamObserver<ContentProto.StatusResponse> daemon) {
        answer(daemon, () -> {
            store();
            BlobWriting one = writing.get(BlobWriting.key(StoreHeader.current(), request.getRef()));
            if (one == null) {
                throw Status.NOT_FOUND
                        .withDescription("nothing is being written under this name")
                        .asException();
            }
            return ContentProto.StatusResponse.newBuilder()
                    .setStatus(one.status())
                    .build();
        });
    }

    @Override
    public void listStatuses(
            ContentProto.ListStatusesRequest request, StreamObserver<ContentProto.ListStatusesResponse> daemon) {
        answer(daemon, () -> {
            store();
            ContentProto.ListStatusesResponse.Builder all = ContentProto.ListStatusesResponse.newBuilder();
            writing.values().stream()
                    .filter(one -> one.isIn(StoreHeader.current()))
                    .forEach(one -> all.addStatuses(one.status()));
            return all.build();
        });
    }

    /** What was not committed is gone with its call; there is nothing else that could be given up. */
    @Override
    public void abort(ContentProto.AbortRequest request, StreamObserver<ContentProto.AbortResponse> daemon) {
        answer(daemon, () -> {
            store();
            return ContentProto.AbortResponse.getDefaultInstance();
        });
    }

    private OciLayout store() throws StatusException {
        OciLayout store = stores.get(StoreHeader.current());
        if (store == null) {
            throw unknownStore();
        }
        return store;
    }

    static StatusException unknownStore() {
        return Status.NOT_FOUND
                .withDescription("this session has no such content store")
                .asException();
    }

    private static BasicFileAttributes facts(OciLayout store, String digest) throws StatusException, IOException {
        if (!store.has(digest)) {
            throw Status.NOT_FOUND.withDescription("no blob " + digest).asException();
        }
        return Files.readAttributes(store.blob(digest), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private <A> void answer(StreamObserver<A> daemon, Question<A> question) {
        try {
            daemon.onNext(question.answer());
            daemon.onCompleted();
        } catch (StatusException e) {
            daemon.onError(e);
        } catch (IOException e) {
            daemon.onError(failed(e));
        }
    }

    private StatusException failed(IOException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        failure.compareAndSet(
                null,
                new EngineException(
                        "could not read or write a directory of blobs",
                        reason,
                        "Check the disk's free space and the directory's owner and mode",
                        e));
        return Status.INTERNAL.withDescription(reason).withCause(e).asException();
    }

    /** One call's work. */
    private interface Question<A> {
        A answer() throws StatusException, IOException;
    }
}
