package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.jenkins.plugins.containerbuild.engine.build.context.ContextEntry;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Walks through a directory in a thread of its own while what was found before is told to the daemon, which makes up most of
 * the time of a build that changes nothing. Runs ahead by some thousand entries at most.
 */
final class ReadAhead implements ContextFiles, AutoCloseable {

    private static final int BATCH = 128;
    private static final int MOST_BATCHES = 32;

    private final ContextFiles files;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(MOST_BATCHES);
    private final FutureTask<Void> walk = new FutureTask<>(this::walk, null);
    private Iterator<ContextEntry> current = List.<ContextEntry>of().iterator();
    private Batch last;

    /**
     * Some entries.
     *
     * @param entries in their order
     * @param isLast whether nothing comes after them
     * @param failure why nothing does, thrown after the entries; null otherwise
     */
    private record Batch(List<ContextEntry> entries, boolean isLast, Exception failure) {}

    private ReadAhead(ContextFiles files) {
        this.files = files;
    }

    /**
     * Begins to walk.
     *
     * @param files its entries are taken by the walking thread, files are opened by the caller's
     * @param workers has a thread for it
     * @throws InterruptedIOException when it has none any more, for the build has ended
     */
    static ReadAhead of(ContextFiles files, Executor workers) throws InterruptedIOException {
        ReadAhead ahead = new ReadAhead(files);
        try {
            workers.execute(ahead.walk);
        } catch (RejectedExecutionException e) {
            throw (InterruptedIOException) new InterruptedIOException("the build has ended").initCause(e);
        }
        return ahead;
    }

    private void walk() {
        try {
            Batch batch;
            do {
                batch = read();
                batches.put(batch);
            } while (!batch.isLast());
        } catch (InterruptedException e) {
            // Nobody wants the rest.
            Thread.currentThread().interrupt();
        }
    }

    private Batch read() {
        List<ContextEntry> entries = new ArrayList<>(BATCH);
        try {
            while (entries.size() < BATCH) {
                ContextEntry entry = files.next();
                if (entry == null) {
                    return new Batch(entries, true, null);
                }
                entries.add(entry);
            }
        } catch (IOException | RuntimeException e) {
            return new Batch(entries, true, e);
        }
        return new Batch(entries, false, null);
    }

    @Override
    public ContextEntry next() throws IOException {
        while (!current.hasNext()) {
            if (last != null) {
                return end();
            }
            take();
        }
        return current.next();
    }

    private ContextEntry end() throws IOException {
        if (last.failure() instanceof IOException failure) {
            throw failure;
        }
        if (last.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        return null;
    }

    private void take() throws InterruptedIOException {
        try {
            Batch batch = batches.take();
            current = batch.entries().iterator();
            last = batch.isLast() ? batch : null;
        } catch (InterruptedException e) {
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    @Override
    public InputStream open(String path, long size) throws IOException {
        return files.open(path, size);
    }

    /** Ends the walk. */
    @Override
    public void close() {
        walk.cancel(true);
    }
}
