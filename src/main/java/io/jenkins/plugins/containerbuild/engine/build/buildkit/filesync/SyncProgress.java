package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.function.LongSupplier;

/** Tells every few seconds how much was sent. For one thread. */
final class SyncProgress {

    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final EngineListener listener;
    private final LongSupplier clock;
    private long lastReport;
    private long files;
    private long bytes;

    /**
     * @param listener told of it
     * @param clock nanoseconds from anywhen, as {@link System#nanoTime()}
     */
    SyncProgress(EngineListener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
        this.lastReport = clock.getAsLong();
    }

    /** A file is on its way. */
    void file() {
        files++;
    }

    /** So many bytes of it were handed on. */
    void bytes(int more) {
        bytes += more;
        long now = clock.getAsLong();
        if (now - lastReport > INTERVAL_NANOS) {
            lastReport = now;
            report(false);
        }
    }

    /** The daemon has all that it asked for. */
    void complete() {
        report(true);
    }

    private void report(boolean complete) {
        listener.on(new EngineEvent.ContextSent(files, bytes, complete));
    }
}
