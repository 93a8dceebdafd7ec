package io.jenkins.plugins.containerbuild.engine.build.buildkit.content;

import com.google.protobuf.ByteString;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.ContentProto.ReadContentResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Sends a part of a blob, as fast as the connection takes it. gRPC calls it from one thread at a time. */
final class BlobReading {

    private static final int PIECE = 256 * 1024;

    private final FileChannel file;
    private final long offset;
    private final long length;
    private final ServerCallStreamObserver<ReadContentResponse> daemon;
    private final Function<IOException, StatusException> failed;
    private long sent;
    private boolean over;

    BlobReading(
            Path blob,
            long offset,
            long length,
            ServerCallStreamObserver<ReadContentResponse> daemon,
            Function<IOException, StatusException> failed)
            throws IOException {
        file = FileChannel.open(blob, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        this.offset = offset;
        this.length = length;
        this.daemon = daemon;
        this.failed = failed;
    }

    void start() {
        daemon.setOnCancelHandler(this::close);
        daemon.setOnReadyHandler(this::send);
        send();
    }

    private void send() {
        try {
            while (!over && sent < length && daemon.isReady()) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length - sent));
                if (file.read(piece, offset + sent) < 0) {
                    throw new IOException("a blob was cut while it was being read");
                }
                daemon.onNext(ReadContentResponse.newBuilder()
                        .setOffset(sent)
                        .setData(ByteString.copyFrom(piece.flip()))
                        .build());
                sent += piece.limit();
            }
            if (!over && sent == length) {
                close();
                daemon.onCompleted();
            }
        } catch (IOException e) {
            close();
            daemon.onError(failed.apply(e));
        }
    }

    private void close() {
        over = true;
        try {
            file.close();
        } catch (IOException e) {
            // It was only read, so nothing can have been lost.
            return;
        }
    }
}
