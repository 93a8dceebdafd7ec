package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.http.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A manifest with all that it leads to.
 *
 * @param root it
 * @param images the images in it, or the root itself where it is one
 * @param indexes the indexes in it without the root, each after those that it leads to
 */
record ManifestTree(Manifest root, Set<Digest> images, List<Manifest> indexes) {

    private static final int DEEPEST = 5;

    /** Reads what an index leads to; images themselves are not read. */
    static ManifestTree of(Manifest root, Repository repository, ManifestBudget budget)
            throws SessionFailure, MalformedException, EngineException {
        Set<Digest> images = new LinkedHashSet<>();
        Map<Digest, Manifest> indexes = new LinkedHashMap<>();
        if (root.isIndex()) {
            collect(root, repository, budget, images, indexes, 1);
        } else {
            images.add(root.digest());
        }
        return new ManifestTree(root, images, new ArrayList<>(indexes.values()));
    }

    private static void collect(
            Manifest index,
            Repository repository,
            ManifestBudget budget,
            Set<Digest> images,
            Map<Digest, Manifest> indexes,
            int depth)
            throws SessionFailure, MalformedException, EngineException {
        if (depth > DEEPEST) {
            throw new MalformedException("it holds indexes in indexes, more than " + DEEPEST + " deep");
        }
        for (JsonNode entry : index.entries()) {
            Digest digest = Manifest.digestOf(entry);
            String type = entry.path("mediaType").asText();
            if (MediaTypes.isManifest(type)) {
                if (images.add(digest)) {
                    budget.count();
                }
            } else if (!MediaTypes.isIndex(type)) {
                throw new MalformedException(
                        "it holds something that is no image, but of the type " + Excerpt.of(type));
            } else if (!indexes.containsKey(digest)) {
                budget.count();
                Manifest inner = budget.kept(repository.manifest(digest.toString(), digest));
                if (!inner.isIndex()) {
                    throw new MalformedException("it takes an image for an index: " + digest);
                }
                collect(inner, repository, budget, images, indexes, depth + 1);
                indexes.put(digest, inner);
            }
        }
    }

    /** Everything that may have a signature of its own; the root is the first. */
    Set<Digest> digests() {
        Set<Digest> digests = new LinkedHashSet<>();
        digests.add(root.digest());
        indexes.forEach(index -> digests.add(index.digest()));
        digests.addAll(images);
        return digests;
    }
}
