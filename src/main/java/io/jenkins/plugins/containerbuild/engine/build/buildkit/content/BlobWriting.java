package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteAction;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteContentResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * One call that writes a blob, piece by piece, each of which is answered. What was not committed when the call ends is
 * removed. gRPC calls it from one thread at a time.
 */
final class BlobWriting implements StreamObserver<WriteContentRequest> {

    private final String storeId;
    private final OciLayout store;
    private final StreamObserver<WriteContentResponse> daemon;
    private final ConcurrentMap<String, BlobWriting> writing;
    private final Function<IOException, StatusException> failed;
    private final Instant started = Instant.now();

    private volatile ContentProto.Status status = ContentProto.Status.getDefaultInstance();
    private String ref;
    private NewBlob blob;
    private String expected = "";
    private long total;
    private boolean over;

    /**
     * @param storeId which store
     * @param store the store itself, or null when there is none of this id
     * @param writing all that are under way, by {@link #key}
     * @param failed told of trouble with the disk
     */
    BlobWriting(
            String storeId,
            OciLayout store,
            StreamObserver<WriteContentResponse> daemon,
            ConcurrentMap<String, BlobWriting> writing,
            Function<IOException, StatusException> failed) {
        this.storeId = storeId;
        this.store = store;
        this.daemon = daemon;
        this.writing = writing;
        this.failed = failed;
    }

    static String key(String storeId, String ref) {
        return storeId + '\0' + ref;
    }

    /** How far it is; any thread may ask. */
    ContentProto.Status status() {
        return status;
    }

    boolean isIn(String otherStore) {
        return storeId.equals(otherStore);
    }

    @Override
    public void onNext(WriteContentRequest request) {
        if (over) {
            return;
        }
        try {
            if (blob == null) {
                begin(request);
            }
            note(request);
            WriteContentResponse.Builder answer =
                    WriteContentResponse.newBuilder().setAction(request.getAction());
            if (request.getAction() != WriteAction.STAT) {
                write(request);
            }
            if (request.getAction() == WriteAction.COMMIT) {
                answer.setDigest(commit());
            }
            daemon.onNext(answer.setOffset(blob.size())
                    .setTotal(total)
                    .setStartedAt(ContentService.timestamp(started))
                    .setUpdatedAt(ContentService.timestamp(Instant.now()))
                    .build());
            if (request.getAction() == WriteAction.COMMIT) {
                end();
                daemon.onCompleted();
            }
        } catch (StatusException e) {
            fail(e);
        } catch (IOException e) {
            fail(failed.apply(e));
        }
    }

    private void begin(WriteContentRequest request) throws StatusException, IOException {
        if (store == null) {
            throw ContentService.unknownStore();
        }
        if (!store.isWritable()) {
            throw Status.PERMISSION_DENIED
                    .withDescription("this store is only to be read")
                    .asException();
        }
        if (request.getRef().isEmpty()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("the first message must have a ref")
                    .asException();
        }
        if (writing.putIfAbsent(key(storeId, request.getRef()), this) != null) {
            // The daemon waits and tries again.
            throw Status.UNAVAILABLE.withDescription("ref locked").asException();
        }
        ref = request.getRef();
        blob = store.begin();
    }

    private void note(WriteContentRequest request) throws StatusException {
        if (!request.getExpected().isEmpty()) {
            expected = request.getExpected();
            if (store.has(expected)) {
                throw Status.ALREADY_EXISTS
                        .withDescription("the blob " + expected + " exists")
                        .asException();
            }
        }
        if (request.getTotal() > 0) {
            total = request.getTotal();
        }
        status = ContentProto.Status.newBuilder()
                .setRef(ref)
                .setOffset(blob.size())
                .setTotal(total)
                .setExpected(expected)
                .setStartedAt(ContentService.timestamp(started))
                .setUpdatedAt(ContentService.timestamp(Instant.now()))
                .build();
    }

    private void write(WriteContentRequest request) throws StatusException, IOException {
        if (request.getOffset() == 0 && blob.size() > 0) {
            blob.restart();
        }
        if (request.getOffset() != blob.size()) {
            throw Status.OUT_OF_RANGE
                    .withDescription("the next byte is number " + blob.size())
                    .asException();
        }
        blob.write(request.getData().toByteArray());
    }

    private String commit() throws StatusException, IOException {
        String digest = blob.finish();
        if (total > 0 && blob.size() != total || !expected.isEmpty() && !expected.equals(digest)) {
            throw Status.FAILED_PRECONDITION
                    .withDescription("what came is " + digest + " with " + blob.size() + " bytes")
                    .asException();
        }
        blob.keepAs(digest);
        return digest;
    }

    private void fail(StatusException e) {
        end();
        daemon.onError(e);
    }

    private void end() {
        over = true;
        if (ref != null) {
            writing.remove(key(storeId, ref), this);
        }
        try {
            if (blob != null) {
                blob.close();
            }
        } catch (IOException e) {
            failed.apply(e);
        }
    }

    @Override
    public void onError(Throwable cause) {
        end();
    }

    @Override
    public void onCompleted() {
        if (!over) {
            end();
            daemon.onCompleted();
        }
    }
}
