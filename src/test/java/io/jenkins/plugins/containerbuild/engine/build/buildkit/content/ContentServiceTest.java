package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentGrpc;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.AbortRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.InfoRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ListStatusesRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.StatusRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteAction;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteContentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.WriteContentResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentServiceTest {

    private static final String ABSENT = "sha256:" + "0".repeat(64);

    @TempDir
    Path folder;

    private OciLayout layout;
    private ContentService service;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        layout = OciLayout.toWrite("could not write", "cache", folder);
        OciLayoutTest.blob(layout, "something");
        OciLayout readOnly = OciLayout.toRead("could not read", "cache", folder).orElseThrow();
        service = new ContentService(Map.of("local:cache", layout, "oci:base", readOnly));
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        service.services().forEach(builder::addService);
        server = builder.build().start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        server.shutdownNow();
        server.awaitTermination(60, TimeUnit.SECONDS);
    }

    private static Metadata headers(String store) {
        Metadata headers = new Metadata();
        headers.put(StoreHeader.KEY, store);
        return headers;
    }

    private ContentGrpc.ContentBlockingStub in(String store) {
        return ContentGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(store)))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private Writing writing(String store) {
        return new Writing(ContentGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(store))));
    }

    private static WriteContentRequest message(WriteAction action, String ref, long offset, String text) {
        return WriteContentRequest.newBuilder()
                .setAction(action)
                .setRef(ref)
                .setOffset(offset)
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }

    private static String content(Iterator<ReadContentResponse> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEachRemaining(piece -> text.append(piece.getData().toStringUtf8()));
        return text.toString();
    }

    @Test
    void offersNothingWithoutAStore() {
        assertThat(new ContentService(Map.of()).services()).isEmpty();
    }

    @Test
    void readsWholeBlobsAndParts() throws Exception {
        String digest = OciLayoutTest.blob(layout, "0123456789");
        ReadContentRequest.Builder all = ReadContentRequest.newBuilder().setDigest(digest);

        assertThat(in("oci:base")
                        .info(InfoRequest.newBuilder().setDigest(digest).build())
                        .getInfo()
                        .getSize())
                .isEqualTo(10);
        assertThat(content(in("oci:base").read(all.build()))).isEqualTo("0123456789");
        assertThat(content(in("oci:base").read(all.setOffset(3).setSize(4).build())))
                .isEqualTo("3456");
        assertThat(content(in("oci:base").read(all.setOffset(8).setSize(99).build())))
                .isEqualTo("89");
        assertThat(content(in("oci:base").read(all.setOffset(10).build()))).isEmpty();
        assertStatus(
                Status.Code.OUT_OF_RANGE,
                () -> content(in("oci:base").read(all.setOffset(11).build())));
    }

    @Test
    void readsLargeBlobsInPieces() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        String digest;
        try (NewBlob blob = layout.begin()) {
            blob.write(bytes);
            digest = blob.finish();
            blob.keepAs(digest);
        }
        Iterator<ReadContentResponse> pieces = in("local:cache")
                .read(ReadContentRequest.newBuilder().setDigest(digest).build());

        ByteString all = ByteString.EMPTY;
        while (pieces.hasNext()) {
            ReadContentResponse piece = pieces.next();
            assertThat(piece.getOffset()).isEqualTo(all.size());
            all = all.concat(piece.getData());
        }
        assertThat(all.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void knowsNeitherOtherBlobsNorOtherStores() {
        InfoRequest absent = InfoRequest.newBuilder().setDigest(ABSENT).build();

        assertStatus(Status.Code.NOT_FOUND, () -> in("local:cache").info(absent));
        assertStatus(Status.Code.NOT_FOUND, () -> in("local:other").info(absent));
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> in("local:cache")
                        .info(InfoRequest.newBuilder()
                                .setDigest("sha256:../../x")
                                .build()));
        assertThat(service.failure()).isNull();
    }

    @Test
    void writesABlobPieceByPiece() throws Exception {
        try (Writing writing = writing("local:cache")) {
            assertThat(writing.send(message(WriteAction.STAT, "one", 0, "")).getOffset())
                    .isZero();
            assertThat(writing.send(message(WriteAction.WRITE, "", 0, "ab")).getOffset())
                    .isEqualTo(2);
            writing.send(message(WriteAction.STAT, "", 0, ""));
            assertThat(in("local:cache")
                            .status(StatusRequest.newBuilder().setRef("one").build())
                            .getStatus()
                            .getOffset())
                    .isEqualTo(2);
            assertThat(in("local:cache")
                            .listStatuses(ListStatusesRequest.getDefaultInstance())
                            .getStatusesCount())
                    .isEqualTo(1);
            WriteContentResponse end = writing.send(message(WriteAction.COMMIT, "", 2, "c"));

            assertThat(end.getDigest())
                    .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(end.getOffset()).isEqualTo(3);
            assertThat(layout.blob(end.getDigest())).hasContent("abc");
        }
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> in("local:cache")
                        .status(StatusRequest.newBuilder().setRef("one").build()));
        in("local:cache").abort(AbortRequest.newBuilder().setRef("one").build());
        assertThat(layout.directory().resolve("ingest")).isEmptyDirectory();
    }

    @Test
    void beginsAnewWhenToldTo() throws Exception {
        try (Writing writing = writing("local:cache")) {
            writing.send(message(WriteAction.WRITE, "one", 0, "wrong"));
            writing.send(message(WriteAction.WRITE, "", 0, "ab"));

            assertThat(writing.send(message(WriteAction.COMMIT, "", 2, "c")).getDigest())
                    .startsWith("sha256:ba7816bf");
        }
    }

    @Test
    void keepsNothingThatIsNotWhatWasExpected() throws Exception {
        try (Writing writing = writing("local:cache")) {
            writing.send(message(WriteAction.WRITE, "one", 0, "ab"));
            assertThat(writing.fail(message(WriteAction.COMMIT, "", 2, "c").toBuilder()
                            .setExpected(ABSENT)
                            .build()))
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
        try (Writing writing = writing("local:cache")) {
            assertThat(writing.fail(message(WriteAction.COMMIT, "two", 0, "c").toBuilder()
                            .setTotal(2)
                            .build()))
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
        try (Writing writing = writing("local:cache")) {
            assertThat(writing.fail(message(WriteAction.WRITE, "three", 7, "c")))
                    .isEqualTo(Status.Code.OUT_OF_RANGE);
        }
        assertThat(layout.directory().resolve("ingest")).isEmptyDirectory();
        assertThat(layout.has(ABSENT)).isFalse();
    }

    @Test
    void saysWhatItHasAlready() throws Exception {
        String digest = OciLayoutTest.blob(layout, "abc");

        try (Writing writing = writing("local:cache")) {
            assertThat(writing.fail(message(WriteAction.STAT, "one", 0, "").toBuilder()
                            .setExpected(digest)
                            .build()))
                    .isEqualTo(Status.Code.ALREADY_EXISTS);
        }
    }

    @Test
    void letsOneCallWriteUnderOneName() throws Exception {
        try (Writing first = writing("local:cache");
                Writing second = writing("local:cache")) {
            first.send(message(WriteAction.WRITE, "one", 0, "ab"));

            assertThat(second.fail(message(WriteAction.WRITE, "one", 0, "ab"))).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(first.send(message(WriteAction.COMMIT, "", 2, "c")).getOffset())
                    .isEqualTo(3);
        }
    }

    @Test
    void writesToNoStoreThatIsOnlyToBeRead() throws Exception {
        try (Writing writing = writing("oci:base")) {
            assertThat(writing.fail(message(WriteAction.WRITE, "one", 0, "ab")))
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        try (Writing writing = writing("")) {
            assertThat(writing.fail(message(WriteAction.WRITE, "one", 0, "ab"))).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    private static void assertStatus(Status.Code code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }

    /** The daemon's side of one call that writes. */
    private static final class Writing implements AutoCloseable, StreamObserver<WriteContentResponse> {

        private final BlockingQueue<WriteContentResponse> answers = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final StreamObserver<WriteContentRequest> call;

        Writing(ContentGrpc.ContentStub stub) {
            call = stub.write(this);
        }

        WriteContentResponse send(WriteContentRequest request) throws Exception {
            call.onNext(request);
            WriteContentResponse answer = answers.poll(60, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            return answer;
        }

        Status.Code fail(WriteContentRequest request) throws Exception {
            call.onNext(request);
            try {
                end.get(60, TimeUnit.SECONDS);
                return Status.Code.OK;
            } catch (ExecutionException e) {
                return Status.fromThrowable(e.getCause()).getCode();
            }
        }

        @Override
        public void onNext(WriteContentResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }

        @Override
        public void close() throws Exception {
            if (!end.isDone()) {
                call.onCompleted();
            }
            end.handle((ended, failed) -> null).get(60, TimeUnit.SECONDS);
        }
    }
}
