package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.BytesMessage;
import io.jenkins.plugins.containerbuild.engine.endpoint.DuplexStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The call {@code Control/Session} as a stream of bytes: through it the daemon, to which we are the client, is the client
 * of our session. Readers and writers wait; what the daemon sends is asked for piece by piece as it is read.
 */
final class SessionTunnel implements DuplexStream, ClientResponseObserver<BytesMessage, BytesMessage> {

    private static final int PIECES_UNDER_WAY = 64;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final Duration END_LIMIT = Duration.ofSeconds(3);

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteString> received = new ArrayDeque<>();
    private ClientCallStreamObserver<BytesMessage> call;
    private int offset;
    private boolean ended;
    private boolean completed;
    private IOException failure;

    @Override
    public void beforeStart(ClientCallStreamObserver<BytesMessage> stream) {
        stream.disableAutoRequestWithInitial(PIECES_UNDER_WAY);
        stream.setOnReadyHandler(() -> change(() -> {}));
        change(() -> call = stream);
    }

    /** Changes the state and wakes whoever waits for that. */
    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(BytesMessage message) {
        change(() -> {
            if (message.getData().isEmpty()) {
                call.request(1);
            } else {
                received.add(message.getData());
            }
        });
    }

    @Override
    public void onError(Throwable cause) {
        change(() -> {
            failure = new IOException("the daemon ended the session: " + cause.getMessage(), cause);
            ended = true;
        });
    }

    @Override
    public void onCompleted() {
        change(() -> {
            ended = true;
            completed = true;
        });
    }

    private int take(byte[] bytes, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, bytes.length);
        lock.lock();
        try {
            while (received.isEmpty() && !ended) {
                changed.await();
            }
            return received.isEmpty() ? endOfInput() : takeFirst(bytes, start, length);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private int takeFirst(byte[] bytes, int start, int length) {
        ByteString piece = received.getFirst();
        int count = Math.min(length, piece.size() - offset);
        piece.copyTo(bytes, offset, start, count);
        offset += count;
        if (offset == piece.size()) {
            received.removeFirst();
            offset = 0;
            call.request(1);
        }
        return count;
    }

    private int endOfInput() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return -1;
    }

    private void put(byte[] bytes, int start, int length) throws IOException {
        lock.lock();
        try {
            for (int at = 0; at < length; at += LARGEST_PIECE) {
                while (!ended && !call.isReady()) {
                    changed.await();
                }
                if (ended) {
                    throw failure == null ? new IOException("the session has ended") : failure;
                }
                ByteString piece = ByteString.copyFrom(bytes, start + at, Math.min(LARGEST_PIECE, length - at));
                call.onNext(BytesMessage.newBuilder().setData(piece).build());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                return take(bytes, start, length);
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                put(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                put(bytes, start, length);
            }
        };
    }

    /**
     * Ends the call; whoever waits gets an end or an error. Waits a moment until the daemon has ended it, too: it forgets
     * the session then.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (ended || call == null) {
                return;
            }
            ended = true;
            changed.signalAll();
            call.onCompleted();
            long left = END_LIMIT.toNanos();
            while (!completed && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (!hasEnded()) {
            call.cancel("the build is over", null);
        }
    }

    /** Whether the daemon itself has ended the call as it should, and not the network or this side. */
    boolean hasEnded() {
        lock.lock();
        try {
            return completed;
        } finally {
            lock.unlock();
        }
    }
}
