package io.jenkins.plugins.containerbuild.engine.build.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A context as the POSIX tar archive that the Engine's build API takes. It is made while it is read, in memory that does
 * not grow with the context and without a thread of its own. Everything belongs to root; modes (with set-id and sticky
 * bits), modification times in seconds and symbolic links are kept, hard links become copies, sockets are left out.
 * The order of the entries depends on nothing but their names.
 */
public final class ContextTar {

    private static final int BUFFER = 64 * 1024;

    private final BuildContext context;
    private final BooleanSupplier cancelled;
    private volatile Tally tally = new Tally();

    /**
     * @param context not null
     * @param cancelled asked again and again while the archive is read; once it says true, reading ends with an
     *     {@link java.io.InterruptedIOException}. Not null
     */
    public ContextTar(BuildContext context, BooleanSupplier cancelled) {
        this.context = Objects.requireNonNull(context, "context");
        this.cancelled = Objects.requireNonNull(cancelled, "cancelled");
    }

    /**
     * Starts the archive, and the count of what was sent, from its beginning. The stream is for one thread and must be
     * closed, whether or not it was read to its end. Reading it throws an IOException with a full message, which names
     * the file, when a file cannot be read, vanishes or shrinks; the archive is then cut off and not valid by accident.
     * A file that grows is cut at the size that it had.
     *
     * @throws IOException when the context's top directory cannot be read
     */
    public InputStream open() throws IOException {
        Tally fresh = new Tally();
        tally = fresh;
        return new ContextTarStream(context.directory(), new ContextEntries(context), fresh, cancelled);
    }

    /**
     * Writes the whole archive. The stream is not closed.
     *
     * @throws IOException as with {@link #open()}, or when writing fails
     */
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }

    /** What was sent since the last {@link #open()}. Any thread may ask, at any time. */
    public ContextTotals totals() {
        return tally.totals();
    }

    /**
     * The context's top directories with the most bytes, largest first, at most five, as far as they were sent since the
     * last {@link #open()}. Any thread may ask, at any time.
     */
    public List<DirectorySize> largestDirectories() {
        return tally.largest();
    }
}
