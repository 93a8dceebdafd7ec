package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands an archive on to somebody who reads it while it comes; none of it is written to a disk here.
 *
 * @param <T> what the reader makes of it
 */
public abstract class PipedArchive<T> implements ArchiveSink {

    /** How long a reader that has stopped may take to say why. */
    private static final long LAST_WORDS_SECONDS = 5;

    private final ExecutorService threads;
    private final String what;
    private final String reader;
    private BytePipe pipe;
    private Future<T> reading;
    private T taken;

    /**
     * @param threads the archive is read by one of these
     * @param what what failed when reading does, for messages: "could not load the image"
     * @param reader who reads, for messages
     */
    protected PipedArchive(ExecutorService threads, String what, String reader) {
        this.threads = threads;
        this.what = what;
        this.reader = reader;
    }

    /**
     * Reads an archive, on a thread of its own.
     *
     * @throws EngineException when it cannot be used
     * @throws InterruptedException when the archive was given up
     */
    protected abstract T take(InputStream archive) throws EngineException, InterruptedException;

    @Override
    public final synchronized OutputStream open() {
        discard();
        BytePipe begun = new BytePipe();
        pipe = begun;
        reading = threads.submit(() -> {
            try {
                return take(begun.input());
            } finally {
                begun.stopReading(new IOException(reader + " stopped reading"));
            }
        });
        return begun.output();
    }

    @Override
    public final String keep() throws EngineException, InterruptedException {
        try {
            T result = current().get();
            synchronized (this) {
                taken = result;
                reading = null;
            }
            return null;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private synchronized Future<T> current() {
        return reading;
    }

    /** What the reader made of the archive that was kept; null before {@link #keep()}. */
    public final synchronized T taken() {
        return taken;
    }

    @Override
    public final synchronized void discard() {
        if (reading != null && pipe != null) {
            pipe.breakWith(new IOException("the build was given up"));
            reading.cancel(true);
            reading = null;
        }
    }

    @Override
    public final EngineException explain(IOException cause) {
        Future<T> under = current();
        if (under != null) {
            try {
                under.get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                return failure(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException | CancellationException e) {
                return failure(cause);
            }
        }
        return failure(cause);
    }

    private EngineException failure(Throwable cause) {
        return cause instanceof EngineException known
                ? known
                : new EngineException(what, String.valueOf(cause.getMessage()), "", cause);
    }
}
