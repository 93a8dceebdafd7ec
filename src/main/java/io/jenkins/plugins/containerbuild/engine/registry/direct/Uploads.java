package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerTaker;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SpooledBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sends layers to all targets, several of them side by side. Closing it ends what has not ended. */
final class Uploads implements LayerTaker, AutoCloseable {

    /** How many layers are on their way at a time. */
    static final int AT_ONCE = 4;

    private static final int FAREWELL_SECONDS = 5;

    private final List<PushTarget> targets;
    private final Whereabouts whereabouts;
    private final PushProgress progress;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "container-build push");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<Void>> begun = new ArrayList<>();
    private boolean complete;

    /**
     * @param whereabouts tells where a blob may be taken over from
     */
    Uploads(List<PushTarget> targets, Whereabouts whereabouts, PushProgress progress) {
        this.targets = targets;
        this.whereabouts = whereabouts;
        this.progress = progress;
    }

    /** Names repositories where a blob was pushed to before. */
    interface Whereabouts {
        List<String> of(Digest digest);
    }

    /** Whether all targets that can still be reached have all of these. */
    boolean isEverywhere(List<Blob> blobs) throws EngineException, InterruptedException {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (Blob blob : blobs) {
            answers.add(workers.submit(() -> isEverywhere(blob)));
        }
        boolean all = true;
        for (Future<Boolean> answer : answers) {
            all &= result(answer);
        }
        return all;
    }

    /**
     * Looks beforehand for layers that are known.
     *
     * @param all whether these are all that the image has
     */
    void lookFor(List<Blob> layers, boolean all) throws EngineException, InterruptedException {
        complete = isEverywhere(layers) && all;
    }

    private boolean isEverywhere(Blob blob) throws InterruptedException {
        List<String> from = whereabouts.of(blob.digest());
        List<PushTarget> missing = new ArrayList<>();
        for (PushTarget target : targets) {
            target.attempt(() -> {
                if (!target.has(blob, from)) {
                    missing.add(target);
                }
            });
        }
        return missing.isEmpty();
    }

    @Override
    public boolean hasAll() {
        return complete;
    }

    @Override
    public boolean wants(Digest digest, long size) throws EngineException, InterruptedException {
        requireTarget();
        boolean there = isEverywhere(new Blob(digest, size));
        if (there) {
            progress.layerDone();
        }
        return !there;
    }

    /** Ends the work as soon as nobody is left whom it is for. */
    void requireTarget() throws EngineException {
        if (targets.stream().allMatch(target -> target.failure() != null)) {
            throw targets.get(0).failure();
        }
    }

    @Override
    public void take(SpooledBlob content) throws EngineException {
        Blob blob = new Blob(content.digest(), content.size());
        progress.expect(blob.size());
        begun.add(workers.submit(() -> {
            try (content) {
                for (PushTarget target : targets) {
                    target.attempt(() -> target.send(blob, content::open, progress));
                }
                progress.layerDone();
            }
            return null;
        }));
        requireTarget();
    }

    /** Waits for all that was begun. */
    void await() throws EngineException, InterruptedException {
        for (Future<Void> upload : begun) {
            result(upload);
        }
        requireTarget();
    }

    /** What is done for one target. */
    interface Work {
        void on(PushTarget target) throws EngineException, InterruptedException;
    }

    /** Does something for each target side by side, and waits for it. */
    void toEach(Work work) throws EngineException, InterruptedException {
        List<Future<Void>> running = new ArrayList<>();
        for (PushTarget target : targets) {
            running.add(workers.submit(() -> {
                target.attempt(() -> work.on(target));
                return null;
            }));
        }
        for (Future<Void> one : running) {
            result(one);
        }
    }

    private static <T> T result(Future<T> work) throws EngineException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            throw new IllegalStateException("a push failed in a way nobody thought of", e.getCause());
        }
    }

    @Override
    public void close() throws InterruptedException {
        workers.shutdownNow();
        workers.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
