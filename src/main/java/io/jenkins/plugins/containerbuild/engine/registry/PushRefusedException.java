package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;

/** A push that somebody else than the Engine did has failed. Stays inside the engine. */
public final class PushRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ImageReference reference;

    /**
     * @param reference what could not be pushed
     * @param words why, in the words of registry or daemon
     */
    public PushRefusedException(ImageReference reference, String words) {
        super(words);
        this.reference = reference;
    }

    /** What could not be pushed. */
    public ImageReference reference() {
        return reference;
    }
}
