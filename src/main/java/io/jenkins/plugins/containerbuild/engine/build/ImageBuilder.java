package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;

/** One way of building an image on a daemon. */
public interface ImageBuilder {

    /**
     * Builds and tags the image; blocks until the daemon is done. Interrupting the thread stops the daemon's work.
     *
     * @throws EngineException when the request is wrong, the build failed or the daemon went away
     * @throws InterruptedException when the thread was interrupted
     */
    BuiltImage build(BuildRequest request, EngineListener listener) throws EngineException, InterruptedException;
}
