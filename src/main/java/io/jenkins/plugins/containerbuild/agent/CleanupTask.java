package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.cleanup.Owners;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.ReapResult;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceRequest;
import io.jenkins.plugins.containerbuild.engine.cleanup.SpaceResult;

/** Tasks that remove what nobody needs any more. */
public final class CleanupTask {

    private CleanupTask() {}

    /**
     * Finds out for whom something is there.
     *
     * @param controller who asks
     */
    public record FindOwners(String controller) implements EngineTask<Owners> {
        @Override
        public Owners run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.cleanup().owners(controller);
            }
        }
    }

    /**
     * Removes what somebody left who is gone.
     *
     * @param request who
     */
    public record Reap(ReapRequest request) implements EngineTask<ReapResult> {
        @Override
        public ReapResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.cleanup().reap(request);
            }
        }
    }

    /**
     * Saves space.
     *
     * @param request how much may stay
     */
    public record KeepWithin(SpaceRequest request) implements EngineTask<SpaceResult> {
        @Override
        public SpaceResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.cleanup().keepWithin(request);
            }
        }
    }
}
