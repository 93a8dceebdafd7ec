package io.jenkins.plugins.containerbuild.engine.build.buildkit.remote;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.export.ArchiveSink;
import io.jenkins.plugins.containerbuild.engine.image.ImageLoad;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Hands a builder's image on to a Docker Engine as it comes; nothing of it is written to a disk here. */
public final class EngineLoad implements ArchiveSink {

    private final ImageLoad load;
    private final ExecutorService threads;
    private BytePipe pipe;
    private Future<String> loading;
    private String loaded;

    /**
     * @param load into the Engine
     * @param threads one of these speaks with the Engine
     */
    public EngineLoad(ImageLoad load, ExecutorService threads) {
        this.load = load;
        this.threads = threads;
    }

    @Override
    public synchronized OutputStream open() {
        discard();
        BytePipe begun = new BytePipe();
        pipe = begun;
        loading = threads.submit(() -> {
            try {
                return load.load(begun.input());
            } finally {
                begun.stopReading(new IOException("the Docker Engine stopped reading"));
            }
        });
        return begun.output();
    }

    @Override
    public String keep() throws EngineException, InterruptedException {
        try {
            String name = current().get();
            synchronized (this) {
                loaded = name;
                loading = null;
            }
            return null;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private synchronized Future<String> current() {
        return loading;
    }

    /** What the Engine calls the image that was kept: a name or an id; null before {@link #keep()}. */
    public synchronized String loaded() {
        return loaded;
    }

    @Override
    public synchronized void discard() {
        if (loading != null && pipe != null) {
            pipe.breakWith(new IOException("the build was given up"));
            loading.cancel(true);
            loading = null;
        }
    }

    @Override
    public EngineException explain(IOException cause) {
        Future<String> under = current();
        if (under != null && under.isDone()) {
            try {
                under.get();
            } catch (ExecutionException e) {
                return failure(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new EngineException("could not load the image into the Docker Engine", cause.getMessage(), "", cause);
    }

    private static EngineException failure(Throwable cause) {
        return cause instanceof EngineException known
                ? known
                : new EngineException(
                        "could not load the image into the Docker Engine",
                        String.valueOf(cause.getMessage()),
                        "",
                        cause);
    }
}
