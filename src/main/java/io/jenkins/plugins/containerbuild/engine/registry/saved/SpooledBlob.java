package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** A blob in a temporary file: written once, then read as often as need be. Close it, and it is gone. */
public final class SpooledBlob implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final FileChannel file;
    private final Runnable closed;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final ContentHash hash = ContentHash.sha256();
    private final OutputStream out = new BufferedOutputStream(new Writing(), BUFFER);
    private long size;
    private Digest digest;

    SpooledBlob(FileChannel file, Runnable closed) {
        this.file = file;
        this.closed = closed;
    }

    private final class Writing extends OutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, from, count);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            hash.add(bytes, from, count);
            size += count;
        }
    }

    private final class Reading extends InputStream {

        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = file.read(ByteBuffer.wrap(bytes, from, count), position);
            position += Math.max(0, read);
            return read;
        }
    }

    /** Takes the content; see {@link #end}. */
    OutputStream out() {
        return out;
    }

    /** Ends the writing. */
    void end() throws IOException {
        out.flush();
        digest = hash.digest();
    }

    /** Its digest, once it is written. */
    public Digest digest() {
        return digest;
    }

    /** Its bytes. */
    public long size() {
        return size;
    }

    /** Reads it from its beginning; need not be closed. */
    public InputStream open() {
        return new Reading();
    }

    /** Removes it. */
    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            System.getLogger(SpooledBlob.class.getName())
                    .log(System.Logger.Level.WARNING, "could not close a temporary file", e);
        } finally {
            closed.run();
        }
    }
}
