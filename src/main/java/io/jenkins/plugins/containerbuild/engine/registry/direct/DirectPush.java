package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSave;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.saved.LayerMemory;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SaveReader;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SavedImage;
import io.jenkins.plugins.containerbuild.engine.registry.saved.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Pushes an image of a daemon past that daemon: it saves the image, and what the registries lack of it goes to them from
 * here. What was pushed before, from here or by whoever pushed the tags that are there, is neither read nor sent again.
 */
final class DirectPush {

    private static final int MOST_COMPRESSING = 8;

    private final Repositories repositories;
    private final ImageSave save;
    private final ImageDetails image;
    private final LayerMemory memory;
    private final KnownContent known;
    private final Tries tries;
    private final EngineListener listener;

    /**
     * @param repositories those of the names
     * @param save reads the image out of the daemon
     * @param image what the daemon knows of it
     * @param memory what this machine remembers of its pushes
     * @param tries how often something is tried; its listener is told by several threads but one at a time
     */
    DirectPush(Repositories repositories, ImageSave save, ImageDetails image, LayerMemory memory, Tries tries) {
        this.repositories = repositories;
        this.save = save;
        this.image = image;
        this.memory = memory;
        this.tries = tries;
        listener = tries.listener();
        known = new KnownContent(image, memory);
    }

    /**
     * Pushes it.
     *
     * @param names names with tags
     * @param outcomes told what became of each name
     */
    void push(List<ImageReference> names, PushOutcomes outcomes) throws EngineException, InterruptedException {
        List<PushTarget> targets = PushTarget.forEach(names, repositories, known::neighbours, tries);
        PushProgress progress =
                new PushProgress(names.get(0).familiar(), image.layerCount(), listener, System::nanoTime);
        try (Uploads uploads = new Uploads(targets, known::whereabouts, progress)) {
            ImageContent content = content(targets, uploads);
            new PushEnd(content, save.daemon()).at(targets, uploads, outcomes);
            targets.stream()
                    .filter(target -> target.failure() == null)
                    .forEach(target -> known.remember(content, target));
        } catch (EngineException e) {
            PushEnd.failed(targets, e, outcomes);
        } finally {
            memory.save();
        }
    }

    /** The image's content, once every layer of it is in every target that can be reached. */
    private ImageContent content(List<PushTarget> targets, Uploads uploads)
            throws EngineException, InterruptedException {
        Optional<ImageContent> content = known.content();
        if (content.isPresent() && (isNamed(content.get(), targets, uploads) || isThere(content.get(), uploads))) {
            return content.get();
        }
        for (PushTarget target : targets) {
            target.attempt(() -> known.learnFrom(target));
        }
        content = known.content();
        if (content.isPresent() && isThere(content.get(), uploads)) {
            return content.get();
        }
        uploads.lookFor(known.layers(), known.hasAllLayers());
        uploads.requireTarget();
        return transferred(uploads);
    }

    private static boolean isNamed(ImageContent content, List<PushTarget> targets, Uploads uploads)
            throws EngineException, InterruptedException {
        List<PushTarget> lacking = new ArrayList<>();
        for (PushTarget target : targets) {
            target.attempt(() -> {
                if (!target.isNamed(target.names().get(0), content.root())) {
                    lacking.add(target);
                }
            });
        }
        uploads.requireTarget();
        return lacking.isEmpty();
    }

    /** Whether nothing is missing but what is at hand. */
    private static boolean isThere(ImageContent content, Uploads uploads) throws EngineException, InterruptedException {
        boolean there = uploads.isEverywhere(content.blobs().stream()
                .filter(blob -> !content.small().containsKey(blob.digest()))
                .toList());
        uploads.requireTarget();
        return there;
    }

    private ImageContent transferred(Uploads uploads) throws EngineException, InterruptedException {
        int threads = Math.min(MOST_COMPRESSING, Runtime.getRuntime().availableProcessors());
        ExecutorService compressing = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "container-build compression");
            thread.setDaemon(true);
            return thread;
        });
        try {
            AtomicReference<SavedImage> saved = new AtomicReference<>();
            SaveReader reader = new SaveReader(
                    image.imageId(),
                    save.keepsBlobs(),
                    Set.copyOf(image.diffIds()),
                    memory,
                    uploads,
                    new Spool(Uploads.AT_ONCE),
                    compressing,
                    threads);
            save.read(image.imageId(), tar -> saved.set(reader.read(tar)));
            uploads.await();
            ImageContent content = new SavedContent(image.imageId(), saved.get(), memory).content();
            known.remember(content);
            return content;
        } catch (IOException | MalformedException e) {
            throw new RegistryException(
                    "could not push the image " + image.imageId() + " of the " + save.daemon(),
                    e.getMessage(),
                    "Look into the daemon's log; if the image is for several platforms, pull all of them, or push it by"
                            + " the daemon",
                    e);
        } finally {
            compressing.shutdownNow();
        }
    }
}
