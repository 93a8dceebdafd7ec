package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.ImageCopy.Origin;

/** Brings a manifest and all that it leads to from one repository into another one: what is named before what names it. */
record TreeCopy(Tries tries, ImageCopy images) {

    /** Copies what a tree's root leads to, and the root too where it is an image; nothing within one repository. */
    void content(Origin origin, ManifestTree tree, Repository target) throws EngineException, InterruptedException {
        if (target.isSame(origin.repository())) {
            return;
        }
        for (Digest image : tree.images()) {
            images.copy(origin, image, target);
        }
        for (Manifest index : tree.indexes()) {
            put(index, target);
        }
    }

    /** Copies all of a tree; returns what {@link Repository#put} does for its root. */
    boolean all(Origin origin, ManifestTree tree, Repository target) throws EngineException, InterruptedException {
        if (!tree.root().isIndex()) {
            return images.copy(origin, tree.root(), target);
        }
        content(origin, tree, target);
        return put(tree.root(), target);
    }

    private boolean put(Manifest index, Repository target) throws EngineException, InterruptedException {
        return tries.run(
                "copy " + index.digest() + " to " + target.name(),
                () -> target.put(index.digest().toString(), index.mediaType(), index.bytes()));
    }
}
