package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.file.Pieces;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A POSIX tar archive that is made while it is read, in memory that does not grow with it and without a thread of its own.
 * The one that reads it must close it. Any thread may cancel it.
 */
final class TarStream extends InputStream {

    /** Two empty blocks. */
    static final byte[] EMPTY_ARCHIVE = new byte[1024];

    private static final int PIECE = 64 * 1024;

    private final Source source;
    private final TransferCount count;
    private final Pieces pieces = new Pieces(PIECE);
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[PIECE];
    private InputStream content;
    private long left;
    private boolean finished;
    private volatile boolean cancelled;
    private volatile IOException failure;

    /** Where the entries come from. */
    interface Source extends Closeable {

        /** The next one, or null at the end. */
        Entry next() throws IOException;
    }

    /**
     * One entry.
     *
     * @param header with its name and size
     * @param content as many bytes as the header says, or null for none; closed by whoever reads it
     */
    record Entry(TarArchiveEntry header, InputStream content) {}

    TarStream(Source source, TransferCount count) {
        this.source = source;
        this.count = count;
        tar = posix(pieces);
    }

    /** An archive with names, sizes, owners and times of any length. */
    static TarArchiveOutputStream posix(java.io.OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        try {
            while (pieces.isEmpty() && length > 0) {
                if (finished) {
                    return -1;
                }
                makePiece();
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        return pieces.take(target, offset, length);
    }

    @Override
    public int available() {
        return pieces.length();
    }

    private void makePiece() throws IOException {
        if (cancelled) {
            throw new InterruptedIOException("cancelled");
        }
        if (content != null) {
            copyContent();
            return;
        }
        Entry entry = source.next();
        if (entry == null) {
            tar.finish();
            finished = true;
            return;
        }
        tar.putArchiveEntry(entry.header());
        count.entry(entry.header());
        left = entry.header().getSize();
        content = entry.content();
        if (content == null) {
            tar.closeArchiveEntry();
        }
    }

    private void copyContent() throws IOException {
        int read = left == 0 ? -1 : content.read(buffer, 0, (int) Math.min(PIECE, left));
        if (read > 0) {
            tar.write(buffer, 0, read);
            count.bytes(read);
            left -= read;
            return;
        }
        if (left > 0) {
            throw new IOException("a file shrank by " + left + " bytes while it was being sent");
        }
        closeContent();
        tar.closeArchiveEntry();
    }

    private void closeContent() throws IOException {
        InputStream open = content;
        content = null;
        if (open != null) {
            open.close();
        }
    }

    /** Lets the next read fail. */
    void cancel() {
        cancelled = true;
    }

    /** What went wrong with making it, or null: the HTTP client would mix it up with trouble of the connection. */
    IOException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        // The archive is left as it is: closing it would want to complete it, and nobody reads on.
        closeContent();
        source.close();
    }
}
