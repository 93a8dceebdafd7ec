package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A blob on its way from one registry to another: hashed while it passes, and knows which side a failure came from. */
final class BlobStream extends FilterInputStream {

    private final Blob blob;
    private final ContentHash hash;
    private final LongConsumer progress;
    private long count;
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
            progress.accept(read);
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

    /** What ended the source early, or null. */
    IOException failure() {
        return failure;
    }

    /** Whether as much passed as there should be. */
    boolean hasEnded() {
        return count == blob.size();
    }

    /** Whether all of it passed, and nothing else; ends the computation. */
    boolean isIntact() {
        return hasEnded() && hash.digest().equals(blob.digest());
    }
}
