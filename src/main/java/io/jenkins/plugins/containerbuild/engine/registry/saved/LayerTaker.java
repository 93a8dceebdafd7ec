package io.jenkins.plugins.containerbuild.engine.registry.saved;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;

/** Takes layers as they are read out of a saved image. */
public interface LayerTaker {

    /** Whether no layer at all is wanted, since all are known and where they have to be. */
    boolean hasAll();

    /**
     * Whether a blob is missing somewhere.
     *
     * @throws EngineException when nobody is left who could take it
     * @throws InterruptedException when the thread was interrupted
     */
    boolean wants(Digest digest, long size) throws EngineException, InterruptedException;

    /** Takes a blob over, and closes it when it has been dealt with. */
    void take(SpooledBlob blob) throws EngineException, InterruptedException;
}
