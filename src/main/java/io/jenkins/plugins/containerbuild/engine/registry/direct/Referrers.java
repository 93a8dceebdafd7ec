package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What refers to an image, or to something that it consists of.
 *
 * @param found what says so itself; what refers to something else here comes after it
 * @param tagged what cosign has put beside it, by tag
 */
record Referrers(List<Referrer> found, Map<String, ManifestTree> tagged) {

    static final Referrers NONE = new Referrers(List.of(), Map.of());

    /**
     * One of them.
     *
     * @param subject what it refers to
     * @param tree it
     */
    record Referrer(Digest subject, ManifestTree tree) {}

    boolean isEmpty() {
        return found.isEmpty() && tagged.isEmpty();
    }

    /** The digests of all of them. */
    List<Digest> digests() {
        return Stream.concat(found.stream().map(Referrer::tree), tagged.values().stream())
                .map(tree -> tree.root().digest())
                .distinct()
                .toList();
    }

    /** The tag under which clients list referrers in a registry that does not do so itself. */
    static String tag(Digest subject) {
        return subject.algorithm() + '-' + subject.hex();
    }
}
