package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.cache.BuildCache;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.cache.CacheTarget;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Leaves a finished build's cache where its options say. Everything is solved once more for it, which takes no time since
 * the daemon has just done it; so the image is known and pushed before, and a registry that fails or hangs costs a
 * warning and some minutes at most. It works that way with every daemon.
 */
final class CacheExport {

    private final BuildCache cache;
    private final EngineListener listener;

    /**
     * @param cache where to
     * @param listener told of each target, and of those that failed
     */
    CacheExport(BuildCache cache, EngineListener listener) {
        this.cache = cache;
        this.listener = listener;
    }

    /** Solves once more. */
    interface Solving {
        /** Solves for one target, within its limit, and returns the daemon's answer. */
        Map<String, String> run(CacheTarget target) throws EngineException, IOException, InterruptedException;
    }

    /**
     * Leaves the cache in each target.
     *
     * @param built what was built and told before
     * @param solving does it
     * @throws EngineException when one failed that is not to be ignored; the others were tried before
     * @throws InterruptedException when the thread was interrupted; the daemon was told to stop
     */
    void run(BuiltImage built, Solving solving) throws EngineException, InterruptedException {
        EngineException failure = null;
        for (CacheTarget target : cache.targets()) {
            Instant start = Instant.now();
            listener.on(new EngineEvent.Note(image(built) + " is built; exporting its cache to " + target.shown()));
            try {
                target.left(solving.run(target));
                listener.on(new EngineEvent.Note("Exported the cache to " + target.shown() + ", "
                        + EventText.seconds(Duration.between(start, Instant.now()))));
            } catch (EngineException | IOException e) {
                EngineException failed = failed(target, e, start);
                if (target.ignoreError()) {
                    listener.on(new EngineEvent.Warning(failed.getMessage()));
                } else if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static String image(BuiltImage built) {
        if (built.digest() != null) {
            return built.digest().toString();
        }
        return built.imageId() == null ? "Everything" : built.imageId().toString();
    }

    private EngineException failed(CacheTarget target, Exception cause, Instant start) {
        String why = cause instanceof EngineException engine ? engine.why() : String.valueOf(cause.getMessage());
        if (Duration.between(start, Instant.now()).compareTo(target.limit()) >= 0) {
            why = "it took longer than " + target.limit().toSeconds() + " seconds";
        }
        return new EngineException(
                "could not export the cache to " + target.shown(),
                why,
                "The image is built; only later builds may take longer without this cache",
                cause);
    }
}
