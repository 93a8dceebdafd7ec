package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;

/** How much one image may consist of, with all that it leads to: a hostile index could lead to more without end. */
final class ManifestBudget {

    static final int MOST = 1000;
    static final int MOST_BYTES = 64 << 20;

    private int count;
    private long bytes;

    /** Counts something that is going to be looked at. */
    void count() throws MalformedException {
        if (++count > MOST) {
            throw new MalformedException("it leads to more than " + MOST + " images and other things");
        }
    }

    /** Counts what is kept in memory. */
    Manifest kept(Manifest manifest) throws MalformedException {
        bytes += manifest.bytes().length;
        if (bytes > MOST_BYTES) {
            throw new MalformedException("its manifests are larger than " + MOST_BYTES + " bytes");
        }
        return manifest;
    }
}
