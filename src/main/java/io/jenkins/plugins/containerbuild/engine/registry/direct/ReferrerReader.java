package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.ImageCopy.Origin;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Referrers.Referrer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what refers to an image: by the registry's own lists, else by the tags that clients keep instead of them, and by
 * cosign's tags.
 */
final class ReferrerReader {

    private static final List<String> COSIGN = List.of(".sig", ".att", ".sbom");

    private final Tries tries;
    private final EngineListener listener;
    private final ManifestBudget budget = new ManifestBudget();

    ReferrerReader(Tries tries, EngineListener listener) {
        this.tries = tries;
        this.listener = listener;
    }

    /** All that refers to a tree, or to something that refers to it. */
    Referrers read(Origin origin, ManifestTree tree) throws EngineException, InterruptedException {
        Repository repository = origin.repository();
        Set<Digest> known = new HashSet<>(tree.digests());
        Deque<Digest> open = new ArrayDeque<>(tree.digests());
        List<Referrer> found = new ArrayList<>();
        Map<String, ManifestTree> tagged = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Digest subject = open.remove();
            String action = "read what refers to " + subject + " in " + repository.name();
            for (Digest digest : tries.run(action, () -> listed(repository, subject))) {
                if (known.add(digest)) {
                    Manifest referrer = tries.run(action, () -> repository.manifest(digest.toString(), digest));
                    if (refersTo(subject, referrer)) {
                        found.add(new Referrer(subject, tries.run(action, () -> tree(referrer, repository))));
                        open.add(digest);
                    }
                }
            }
            for (String kind : COSIGN) {
                String tag = Referrers.tag(subject) + kind;
                Optional<Manifest> manifest = tries.run(action, () -> repository.find(tag));
                if (manifest.isPresent()) {
                    tagged.put(tag, tries.run(action, () -> tree(manifest.get(), repository)));
                }
            }
        }
        return new Referrers(found, tagged);
    }

    private ManifestTree tree(Manifest root, Repository repository)
            throws SessionFailure, MalformedException, EngineException {
        budget.count();
        return ManifestTree.of(budget.kept(root), repository, budget);
    }

    private static List<Digest> listed(Repository repository, Digest subject)
            throws SessionFailure, MalformedException, EngineException {
        Optional<List<JsonNode>> pages = repository.referrers(subject);
        List<Digest> digests = new ArrayList<>();
        if (pages.isPresent()) {
            for (JsonNode page : pages.get()) {
                add(page, digests);
            }
        } else {
            Optional<Manifest> list = repository.find(Referrers.tag(subject));
            if (list.isPresent()) {
                add(list.get().json(), digests);
            }
        }
        return digests;
    }

    private static void add(JsonNode page, List<Digest> digests) throws MalformedException {
        for (JsonNode entry : page.path("manifests")) {
            if (digests.size() >= ManifestBudget.MOST) {
                throw new MalformedException("more than " + ManifestBudget.MOST + " others are said to refer to it");
            }
            digests.add(Manifest.digestOf(entry));
        }
    }

    /** A list is what a registry or any client says; what it lists is bound to its digest. */
    private boolean refersTo(Digest subject, Manifest referrer) {
        if (referrer.json().path("subject").path("digest").asText().equals(subject.toString())) {
            return true;
        }
        listener.on(new EngineEvent.Warning(
                referrer.digest() + " is listed as referring to " + subject + ", which it does not; it is left out"));
        return false;
    }
}
