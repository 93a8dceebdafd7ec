package io.jenkins.plugins.containerbuild.engine.build.classic;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextTar;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextTotals;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;

/**
 * The context on its way to the daemon: tells how far it is, and remembers what went wrong with reading it, which the
 * HTTP client would otherwise mix up with trouble of the connection.
 */
final class ContextUpload extends FilterInputStream {

    private static final long PROGRESS_INTERVAL_NANOS = 5_000_000_000L;

    private final ContextTar tar;
    private final EngineListener listener;
    private long lastProgress = System.nanoTime();
    private boolean complete;
    private volatile IOException failure;

    ContextUpload(ContextTar tar, EngineListener listener) throws IOException {
        super(tar.open());
        this.tar = tar;
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(buffer, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        report(count < 0);
        return count;
    }

    private void report(boolean end) {
        long now = System.nanoTime();
        boolean due = end ? !complete : now - lastProgress > PROGRESS_INTERVAL_NANOS;
        if (due) {
            lastProgress = now;
            complete = end;
            ContextTotals totals = tar.totals();
            List<EngineEvent.DirectoryBytes> largest = tar.largestDirectories().stream()
                    .map(directory -> new EngineEvent.DirectoryBytes(directory.name(), directory.bytes()))
                    .toList();
            listener.on(new EngineEvent.ContextSent(totals.files(), totals.bytes(), end, largest));
        }
    }

    /** What went wrong with reading the context, or null. */
    IOException failure() {
        return failure;
    }
}
