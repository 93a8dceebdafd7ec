package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import java.time.Duration;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Counts what is transferred, and tells of it every few seconds and at the end. For one thread at a time. */
final class TransferCount {

    private static final long PROGRESS_INTERVAL_NANOS = 5_000_000_000L;

    private final EngineEvent.FileTransfer.Action action;
    private final String subject;
    private final EngineListener listener;
    private final long begun = System.nanoTime();
    private long lastProgress = begun;
    private long files;
    private long bytes;
    private long skipped;

    /**
     * @param action what is done
     * @param subject to what: {@code out to m2:/}
     * @param listener told of it
     */
    TransferCount(EngineEvent.FileTransfer.Action action, String subject, EngineListener listener) {
        this.action = action;
        this.subject = subject;
        this.listener = listener;
    }

    /** For what nobody wants to hear of. */
    static TransferCount silent() {
        return new TransferCount(EngineEvent.FileTransfer.Action.COPY, "", event -> {});
    }

    void entry(TarArchiveEntry header) {
        if (!header.isDirectory()) {
            files++;
        }
        tellSometimes();
    }

    void bytes(int count) {
        bytes += count;
        tellSometimes();
    }

    /** Something that is neither file, directory nor link; the first one is told of. */
    void skip(String path) {
        if (skipped == 0) {
            listener.on(new EngineEvent.Warning("'" + Printable.shortened(path)
                    + "' is left out: it is a device, pipe or socket; others are left out as well"));
        }
        skipped++;
    }

    private void tellSometimes() {
        long now = System.nanoTime();
        if (now - lastProgress > PROGRESS_INTERVAL_NANOS) {
            lastProgress = now;
            listener.on(new EngineEvent.FileTransfer(action, subject, files, bytes, false));
        }
    }

    /** Tells of the end. */
    TransferResult complete(Long archiveBytes) {
        listener.on(new EngineEvent.FileTransfer(action, subject, files, bytes, true));
        return new TransferResult(files, bytes, skipped, archiveBytes, Duration.ofNanos(System.nanoTime() - begun));
    }
}
