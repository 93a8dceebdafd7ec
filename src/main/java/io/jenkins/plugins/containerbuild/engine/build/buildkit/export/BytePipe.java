package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands bytes from the thread that has them to the one that wants them, and holds a few pieces at most. Threads may
 * change on both sides, which those of {@code java.io} do not like.
 */
final class BytePipe {

    private static final int MOST_HELD = 1 << 20;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int held;
    private int offset;
    private boolean ended;
    private IOException broken;

    /** Waits while much is held. Closing it is the end of all bytes. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                put(new byte[] {(byte) value});
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                Objects.checkFromIndexSize(start, length, bytes.length);
                byte[] piece = new byte[length];
                System.arraycopy(bytes, start, piece, 0, length);
                put(piece);
            }

            @Override
            public void close() {
                change(() -> ended = true);
            }
        };
    }

    /** Waits for bytes. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                Objects.checkFromIndexSize(start, length, bytes.length);
                return length == 0 ? 0 : take(bytes, start, length);
            }
        };
    }

    /** From now on both sides get this; unless the bytes have all been written, in which case nothing changes. */
    void breakWith(IOException reason) {
        change(() -> {
            if (broken == null && !ended) {
                broken = reason;
            }
        });
    }

    /** The reader has gone: what is still written goes nowhere. */
    void stopReading(IOException reason) {
        change(() -> {
            if (broken == null) {
                broken = reason;
            }
        });
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] piece) throws IOException {
        if (piece.length == 0) {
            return;
        }
        lock.lock();
        try {
            while (held > 0 && held + piece.length > MOST_HELD && broken == null) {
                changed.await();
            }
            if (broken != null) {
                throw new IOException(broken.getMessage(), broken);
            }
            pieces.add(piece);
            held += piece.length;
            changed.signalAll();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] bytes, int start, int length) throws IOException {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended && broken == null) {
                changed.await();
            }
            if (broken != null) {
                throw new IOException(broken.getMessage(), broken);
            }
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] piece = pieces.getFirst();
            int count = Math.min(length, piece.length - offset);
            System.arraycopy(piece, offset, bytes, start, count);
            offset += count;
            held -= count;
            if (offset == piece.length) {
                pieces.removeFirst();
                offset = 0;
            }
            changed.signalAll();
            return count;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException wrapped = new InterruptedIOException("interrupted");
        wrapped.initCause(e);
        return wrapped;
    }
}
