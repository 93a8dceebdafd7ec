package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;

/** What an image consists of besides its layers, by digests. What is read is compared with its digest. */
public interface SmallContent {

    /**
     * A manifest or an index.
     *
     * @throws EngineException when it cannot be read
     * @throws InterruptedException when the thread was interrupted
     */
    byte[] manifest(Digest digest) throws EngineException, InterruptedException;

    /**
     * Another small thing, such as an attestation.
     *
     * @param size its bytes
     * @throws EngineException when it cannot be read, or is too large
     * @throws InterruptedException when the thread was interrupted
     */
    byte[] blob(Digest digest, long size) throws EngineException, InterruptedException;

    /**
     * Reads something.
     *
     * @param <R> what comes of it
     */
    interface Reading<R> {

        /** Reads it out of a place that has it. */
        R from(SmallContent content) throws EngineException, InterruptedException;
    }
}
