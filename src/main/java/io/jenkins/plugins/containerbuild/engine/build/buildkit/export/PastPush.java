package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushOutcomes;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DirectWork;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Pushes an image from here while the builder sends it. */
final class PastPush extends PipedArchive<List<PushedReference>> {

    private final DirectWork registries;
    private final List<ImageReference> names;

    /**
     * @param registries where it goes
     * @param names with tags
     * @param threads the archive is read by one of these
     */
    PastPush(DirectWork registries, List<ImageReference> names, ExecutorService threads) {
        super(threads, "could not push " + names.get(0).familiar(), "the push");
        this.registries = registries;
        this.names = names;
    }

    @Override
    protected List<PushedReference> take(InputStream archive) throws EngineException, InterruptedException {
        PushOutcomes outcomes = new PushOutcomes();
        registries.push(archive, names, outcomes);
        return outcomes.all(names);
    }
}
