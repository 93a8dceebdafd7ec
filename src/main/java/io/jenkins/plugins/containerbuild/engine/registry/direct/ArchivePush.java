package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.saved.SaveReader;
import io.jenkins.plugins.containerbuild.engine.registry.saved.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Pushes an image that comes as an OCI archive, with all its platforms and attestations. What the registries lack goes on
 * to them as it passes, over a few temporary files; the rest is passed over.
 */
final class ArchivePush {

    private final Repositories repositories;
    private final Tries tries;

    /**
     * @param repositories those of the names
     * @param tries how often something is tried; its listener is told by several threads but one at a time
     */
    ArchivePush(Repositories repositories, Tries tries) {
        this.repositories = repositories;
        this.tries = tries;
    }

    /**
     * Pushes it.
     *
     * @param names names with tags
     * @param outcomes told what became of each name
     */
    void push(InputStream archive, List<ImageReference> names, PushOutcomes outcomes)
            throws EngineException, InterruptedException {
        List<PushTarget> targets = PushTarget.forEach(names, repositories, name -> List.of(), tries);
        PushProgress progress = new PushProgress(names.get(0).familiar(), 0, tries.listener(), System::nanoTime);
        try (Uploads uploads = new Uploads(targets, digest -> List.of(), progress)) {
            ImageContent content = SavedContent.of(
                    SaveReader.ofBlobs(uploads, new Spool(Uploads.AT_ONCE)).read(archive));
            uploads.await();
            new PushEnd(content, "builder").at(targets, uploads, outcomes);
        } catch (EngineException e) {
            PushEnd.failed(targets, e, outcomes);
        } catch (IOException | MalformedException e) {
            RegistryException failure = new RegistryException(
                    "could not push " + names.get(0).familiar(),
                    "the builder sent no image that can be pushed: " + e.getMessage(),
                    "Look into the builder's log, or leave via out to have the builder push it",
                    e);
            PushEnd.failed(targets, failure, outcomes);
        }
    }
}
