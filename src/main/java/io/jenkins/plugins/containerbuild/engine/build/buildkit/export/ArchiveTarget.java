package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BytesMessage;
import java.io.IOException;
import java.io.OutputStream;

/** Takes an archive piece by piece; a piece is asked for when the one before it has been written. */
final class ArchiveTarget implements OutputTarget {

    private final ArchiveSink sink;
    private final String description;
    private OutputStream stream;
    private boolean complete;
    private boolean over;
    private EngineException failure;

    /**
     * @param sink where the pieces go
     * @param description what it is, for messages: {@code the output image.tar}
     */
    ArchiveTarget(ArchiveSink sink, String description) {
        this.sink = sink;
        this.description = description;
    }

    @Override
    public synchronized void begin() {
        discard();
        complete = false;
        over = false;
        failure = null;
    }

    @Override
    public synchronized StreamObserver<byte[]> receive(StreamObserver<byte[]> daemon) {
        Writing writing = new Writing(daemon);
        try {
            if (over) {
                throw new IOException("the build is over");
            }
            stream = sink.open();
            writing.begin(stream);
        } catch (EngineException e) {
            writing.fail(e);
        } catch (IOException e) {
            writing.fail(sink.explain(e));
        }
        return writing;
    }

    @Override
    public synchronized String keep() throws EngineException, InterruptedException {
        if (!complete) {
            throw new EngineException(
                    "could not write " + description,
                    "the daemon ended the build without having sent all of it",
                    "Look into the daemon's log");
        }
        return sink.keep();
    }

    @Override
    public synchronized void discard() {
        over = true;
        close(stream);
        stream = null;
        sink.discard();
    }

    @Override
    public synchronized EngineException failure() {
        return failure;
    }

    private synchronized void failed(EngineException e) {
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized void completed() {
        complete = true;
    }

    private static void close(OutputStream stream) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is given up; what counts was told already.
                System.getLogger(ArchiveTarget.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing an unfinished output failed", e);
            }
        }
    }

    /** One stream; gRPC calls it from one thread at a time. */
    private final class Writing implements StreamObserver<byte[]> {

        private final StreamObserver<byte[]> daemon;
        private OutputStream stream;
        private boolean ended;

        Writing(StreamObserver<byte[]> daemon) {
            this.daemon = daemon;
        }

        /** Until then it can only fail. */
        void begin(OutputStream opened) {
            stream = opened;
        }

        @Override
        public void onNext(byte[] message) {
            if (ended) {
                return;
            }
            try {
                BytesMessage.parseFrom(message).getData().writeTo(stream);
            } catch (InvalidProtocolBufferException e) {
                fail(sink.explain(new IOException("the daemon sent something that is no part of an archive", e)));
            } catch (IOException e) {
                fail(sink.explain(e));
            }
        }

        @Override
        public void onError(Throwable cause) {
            ended = true;
            close(stream);
        }

        @Override
        public void onCompleted() {
            if (ended) {
                return;
            }
            ended = true;
            try {
                if (stream != null) {
                    stream.close();
                }
                completed();
                daemon.onCompleted();
            } catch (IOException e) {
                fail(sink.explain(e));
            }
        }

        void fail(EngineException e) {
            ended = true;
            failed(e);
            close(stream);
            daemon.onError(Status.ABORTED
                    .withDescription("the client could not write " + description)
                    .asRuntimeException());
        }
    }
}
