package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAddress;
import io.jenkins.plugins.containerbuild.engine.registry.direct.ImageCopy.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings what has a name in a registry to other names, as {@code docker buildx imagetools create}, {@code skopeo copy --all}
 * and {@code oras cp} do: bit for bit, so that the digest stays, and without any daemon.
 */
final class RegistryCopier {

    private final Repositories repositories;
    private final EngineListener listener;
    private final Tries tries;
    private final ImageCopy images;
    private final TagPush push;

    RegistryCopier(Repositories repositories, Tries tries) {
        this.repositories = repositories;
        listener = tries.listener();
        this.tries = tries;
        images = new ImageCopy(tries, listener, System::nanoTime);
        push = new TagPush(tries, listener);
    }

    CopyResult copy(CopyRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        ImageReference source = request.from().withDefaultTag();
        List<ImageReference> names = TagPush.names("copy " + source.familiar(), request.to());
        Origin origin = new Origin(origin(source, names), source);
        ManifestTree tree = read(origin);
        origin.repository().session().tellQuota(listener);
        listener.on(
                new EngineEvent.Note(source.familiar() + " is " + (tree.root().isIndex() ? "an index, " : "an image, ")
                        + tree.root().digest()));
        Map<String, Repository> targets = repositories.writing(names, List.of(source));
        List<Repository> others = targets.values().stream()
                .filter(target -> !target.isSame(origin.repository()))
                .toList();
        Referrers referrers = request.referrers() && !others.isEmpty()
                ? new ReferrerReader(tries, listener).read(origin, tree)
                : Referrers.NONE;
        // A name appears only when all that it leads to, or that vouches for it, is everywhere.
        for (Repository target : others) {
            copy(origin, tree, referrers, target);
        }
        List<PushedReference> pushed = new ArrayList<>();
        for (ImageReference name : names) {
            pushed.add(push.push(tree.root().mediaType(), tree.root().bytes(), name, targets.get(name.repository())));
        }
        return new CopyResult(
                tree.root().digest(),
                pushed,
                referrers.digests(),
                images.transferredBytes(),
                Duration.between(start, Instant.now()));
    }

    /** Within one registry nothing has to be fetched at all, and so from no mirror. */
    private Repository origin(ImageReference source, List<ImageReference> names) throws EngineException {
        boolean inside =
                names.stream().anyMatch(name -> RegistryAddress.of(name).equals(RegistryAddress.of(source)));
        return inside ? repositories.reading(source) : repositories.fetching(source, listener);
    }

    private ManifestTree read(Origin origin) throws EngineException, InterruptedException {
        ImageReference name = origin.name();
        Digest digest = name.digest();
        String reference = digest == null ? name.tag() : digest.toString();
        return tries.run(
                "read the image " + name.familiar(),
                () -> ManifestTree.of(
                        origin.repository().manifest(reference, digest), origin.repository(), new ManifestBudget()));
    }

    private void copy(Origin origin, ManifestTree tree, Referrers referrers, Repository target)
            throws EngineException, InterruptedException {
        TreeCopy copy = new TreeCopy(tries, images);
        if (referrers.isEmpty()) {
            copy.content(origin, tree, target);
            return;
        }
        // Some registries want to have what is referred to.
        copy.all(origin, tree, target);
        new ReferrerCopy(tries, copy, listener).copy(origin, referrers, target);
    }
}
