package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A blob on its way from one registry to another: hashed while it passes, and knows which side a failure came from. */
final class BlobStream extends FilterInputStream {

    private static final int BUFFER = 64 * 1024;

    private final Blob blob;
    private final ContentHash hash;
    private final LongConsumer progress;
    private long count;
    private boolean skipping;
    private Boolean intact;
    private IOException failure;

    /** @param progress told how many bytes have passed since it was last told */
    BlobStream(InputStream source, Blob blob, LongConsumer progress) {
        super(source);
        this.blob = blob;
        this.progress = progress;
        hash = ContentHash.like(blob.digest());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read;
        try {
            read = in.read(buffer, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        if (read > 0) {
            hash.add(buffer, from, read);
            count += read;
            if (!skipping) {
                progress.accept(read);
            }
        } else if (read < 0 && count < blob.size()) {
            failure = new IOException("it ended after " + count + " of " + blob.size() + " bytes");
            throw failure;
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        throw new IOException("every byte has to be hashed");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /**
     * Passes over what has arrived before; hashed, but no progress.
     *
     * @param session blamed when the content ends before
     */
    void skipTo(long position, Session session) throws SessionFailure {
        byte[] buffer = new byte[BUFFER];
        skipping = true;
        try {
            int read = 0;
            while (read >= 0 && count < position) {
                read = read(buffer, 0, (int) Math.min(buffer.length, position - count));
            }
        } catch (IOException e) {
            throw session.lost(e);
        } finally {
            skipping = false;
        }
    }

    /** What ended the source early, or null. */
    IOException failure() {
        return failure;
    }

    /** Whether as much passed as there should be. */
    boolean hasEnded() {
        return count == blob.size();
    }

    /** Whether all of it passed, and nothing else; to be asked when no more is read. */
    boolean isIntact() {
        if (intact == null) {
            intact = hasEnded() && hash.digest().equals(blob.digest());
        }
        return intact;
    }
}
