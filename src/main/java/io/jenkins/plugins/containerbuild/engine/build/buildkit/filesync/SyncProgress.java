package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextTotals;
import io.jenkins.plugins.containerbuild.engine.build.context.Tally;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.function.LongSupplier;

/** Tells every few seconds how much was sent. For one thread. */
final class SyncProgress {

    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final Tally tally;
    private final EngineListener listener;
    private final LongSupplier clock;
    private long lastReport;
    private String path;

    /**
     * @param tally counts what is sent, here and by other threads
     * @param listener told of it
     * @param clock nanoseconds from anywhen, as {@link System#nanoTime()}
     */
    SyncProgress(Tally tally, EngineListener listener, LongSupplier clock) {
        this.tally = tally;
        this.listener = listener;
        this.clock = clock;
        this.lastReport = clock.getAsLong();
    }

    /** A file is on its way. */
    void file(String name) {
        path = name;
        tally.file();
    }

    /** So many bytes of it were handed on. */
    void bytes(int more) {
        tally.sent(path, more);
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
        ContextTotals totals = tally.totals();
        listener.on(new EngineEvent.ContextSent(
                totals.files(),
                totals.bytes(),
                complete,
                tally.largest().stream()
                        .map(directory -> new EngineEvent.DirectoryBytes(directory.name(), directory.bytes()))
                        .toList()));
    }
}
