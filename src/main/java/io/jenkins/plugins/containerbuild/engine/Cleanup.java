package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.cleanup.Owners;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapResult;
import io.jenkins.plugins.containerbuild.engine.cleanup.Reaper;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceBudget;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceResult;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;

/**
 * Removes from one daemon what nobody needs any more: got from {@link ContainerEngine#cleanup}. All calls block. Whose
 * something is, its labels say; what does not carry the label of the controller that asks is never touched, except for the
 * build cache, which has no labels.
 */
public final class Cleanup {

    private final Reaper reaper;
    private final SpaceBudget budget;

    Cleanup(EngineConnection connection, EngineListener listener) {
        reaper = new Reaper(connection);
        budget = new SpaceBudget(connection, listener);
    }

    /**
     * For whom a controller has something there that ends with a build or a job.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public Owners owners(String controller) throws EngineException, InterruptedException {
        return reaper.owners(controller);
    }

    /**
     * Removes what was to live no longer than builds and jobs that are gone: containers, running or not, with their
     * anonymous volumes; networks, after disconnecting what is in them; volumes; helpers.
     *
     * @return what is gone, and what the daemon did not remove: a volume that somebody else uses, for example
     * @throws EngineException when the daemon does not tell what there is
     * @throws InterruptedException when the thread was interrupted
     */
    public ReapResult reap(ReapRequest request) throws EngineException, InterruptedException {
        return reaper.reap(request);
    }

    /**
     * Removes the least recently used parts of the build cache, and the controller's oldest volumes and the first ones of the
     * request's images that no container uses, until the rest is as small as it is to be.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public SpaceResult keepWithin(SpaceRequest request) throws EngineException, InterruptedException {
        return budget.keepWithin(request);
    }
}
