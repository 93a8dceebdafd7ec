package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet.PacketType;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import io.jenkins.plugins.containerbuild.engine.build.context.Tally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SyncSenderTest {

    private static final int SIZE = 10 * 64 * 1024;

    private final SlowConnection connection = new SlowConnection();
    private final DaemonRequests requests = new DaemonRequests(connection);

    @Test
    void waitsUntilTheConnectionTakesMore() throws Exception {
        SyncSender sender = new SyncSender(
                () -> ReadAhead.of(new OneFile(), ForkJoinPool.commonPool()),
                requests,
                connection,
                new SyncProgress(new Tally(), event -> {}, () -> 0),
                connection.ended::complete,
                digest -> {});
        CompletableFuture<Void> run = CompletableFuture.runAsync(sender);

        assertThat(connection.ended.get(60, TimeUnit.SECONDS)).isNull();

        run.get(60, TimeUnit.SECONDS);
        assertThat(connection.writtenWhenFull).isEmpty();
        assertThat(connection.written).endsWith(PacketType.PACKET_FIN).hasSize(2 + 10 + 1 + 1);
    }

    /** One file of ten pieces. */
    private static final class OneFile implements ContextFiles {

        private boolean listed;

        @Override
        public ContextEntry next() {
            if (listed) {
                return null;
            }
            listed = true;
            return new ContextEntry(
                    "file", ContextEntry.Kind.FILE, 0644, SIZE, FileTime.fromMillis(0), null, () -> open("file", SIZE));
        }

        @Override
        public InputStream open(String path, long size) {
            return new ByteArrayInputStream(new byte[(int) size]);
        }
    }

    /** Takes one piece at a time, asks for the file when it is told of it, and ends when it has it. */
    private final class SlowConnection extends ServerCallStreamObserver<Packet> {

        private final CompletableFuture<IOException> ended = new CompletableFuture<>();
        private final List<PacketType> written = new ArrayList<>();
        private final List<Packet> writtenWhenFull = new ArrayList<>();
        private Runnable readyHandler;
        private volatile boolean ready;

        @Override
        public boolean isReady() {
            if (!ready) {
                // Ready a moment later, as when the other side has read; told by another thread, as gRPC does it.
                CompletableFuture.runAsync(() -> {
                    ready = true;
                    readyHandler.run();
                });
            }
            return ready;
        }

        @Override
        public void onNext(Packet packet) {
            written.add(packet.getType());
            if (packet.getType() == PacketType.PACKET_DATA) {
                if (!ready) {
                    writtenWhenFull.add(packet);
                }
                ready = false;
                if (packet.getData().isEmpty()) {
                    tell(PacketType.PACKET_FIN);
                }
            } else if (packet.hasStat()) {
                tell(PacketType.PACKET_REQ);
            }
        }

        private void tell(PacketType type) {
            requests.onNext(Packet.newBuilder().setType(type).build());
        }

        @Override
        public void onError(Throwable t) {
            ended.completeExceptionally(t);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            readyHandler = handler;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            // Nothing is cancelled here.
        }

        @Override
        public void setCompression(String compression) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disableAutoInboundFlowControl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void request(int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setMessageCompression(boolean enable) {
            throw new UnsupportedOperationException();
        }
    }
}
