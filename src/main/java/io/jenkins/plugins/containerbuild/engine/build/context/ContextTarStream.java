package io.jenkins.plugins.containerbuild.engine.build.context;

import io.jenkins.plugins.containerbuild.engine.file.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes the next piece of the archive whenever the last one was read. */
final class ContextTarStream extends InputStream {

    private static final int PIECE = 64 * 1024;

    private final Path context;
    private final ContextEntries entries;
    private final Tally tally;
    private final BooleanSupplier cancelled;
    private final Pieces pieces = new Pieces(PIECE);
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[PIECE];

    private ContextEntry file;
    private InputStream content;
    private long sent;
    private boolean finished;
    private boolean closed;

    ContextTarStream(Path context, ContextEntries entries, Tally tally, BooleanSupplier cancelled) {
        this.context = context;
        this.entries = entries;
        this.tally = tally;
        this.cancelled = cancelled;
        tar = new TarArchiveOutputStream(pieces, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("this stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (pieces.isEmpty()) {
            if (finished) {
                return -1;
            }
            makePiece();
        }
        return pieces.take(target, offset, length);
    }

    @Override
    public int available() {
        return pieces.length();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        // The archive is left as it is: closing it would want to complete it, and nobody reads on.
        closeContent();
    }

    private void makePiece() throws IOException {
        if (cancelled.getAsBoolean()) {
            throw ReadTrouble.interrupted(null);
        }
        if (content != null) {
            copyContent();
            return;
        }
        ContextEntry entry = entries.next();
        if (entry == null) {
            tar.finish();
            finished = true;
        } else {
            start(entry);
        }
    }

    private void start(ContextEntry entry) throws IOException {
        if (entry.size() > 0) {
            // Opened before it is announced: a file that cannot be read leaves the archive as it was.
            content = open(entry);
            file = entry;
            sent = 0;
        }
        if (!entry.isDirectory()) {
            tally.file();
        }
        tar.putArchiveEntry(header(entry));
        if (entry.size() == 0) {
            tar.closeArchiveEntry();
        }
    }

    private InputStream open(ContextEntry entry) throws IOException {
        try {
            return entry.content().open();
        } catch (IOException e) {
            throw ReadTrouble.sending(context, entry.path(), e);
        }
    }

    private void copyContent() throws IOException {
        int count = readContent((int) Math.min(PIECE, file.size() - sent));
        if (count < 0) {
            throw ReadTrouble.shrunk(context, file.path(), file.size(), sent);
        }
        tar.write(buffer, 0, count);
        tally.sent(file.path(), count);
        sent += count;
        if (sent == file.size()) {
            closeContent();
            tar.closeArchiveEntry();
        }
    }

    private int readContent(int most) throws IOException {
        try {
            return content.read(buffer, 0, most);
        } catch (IOException e) {
            throw ReadTrouble.sending(context, file.path(), e);
        }
    }

    private void closeContent() throws IOException {
        InputStream open = content;
        content = null;
        if (open != null) {
            open.close();
        }
    }

    private static TarArchiveEntry header(ContextEntry entry) {
        boolean directory = entry.isDirectory();
        TarArchiveEntry header = new TarArchiveEntry(directory ? entry.path() + "/" : entry.path(), flag(entry), true);
        header.setMode(entry.mode());
        header.setSize(entry.size());
        header.setModTime(TimeUnit.SECONDS.toMillis(entry.modified().toInstant().getEpochSecond()));
        header.setIds(0, 0);
        header.setNames("", "");
        if (entry.linkTarget() != null) {
            header.setLinkName(entry.linkTarget());
        }
        return header;
    }

    private static byte flag(ContextEntry entry) {
        return switch (entry.kind()) {
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case FIFO -> TarConstants.LF_FIFO;
            case FILE -> TarConstants.LF_NORMAL;
            case SOCKET, DEVICE -> throw new IllegalArgumentException(entry.path() + " cannot be sent");
        };
    }
}
