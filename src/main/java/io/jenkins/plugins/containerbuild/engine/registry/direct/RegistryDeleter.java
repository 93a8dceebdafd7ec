package io.jenkins.plugins.containerbuild.engine.registry.direct;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.NamePattern;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what a name leads to, by its digest. With it go all tags that lead to it, so that what a protected one leads to must
 * not be deleted either, under whatever name.
 */
final class RegistryDeleter {

    /** So many tags are looked at just to tell which ones are gone; protected ones are always looked at. */
    private static final int MOST_TOLD = 100;

    private final Repositories repositories;
    private final EngineListener listener;
    private final Tries tries;

    RegistryDeleter(Repositories repositories, Tries tries) {
        this.repositories = repositories;
        listener = tries.listener();
        this.tries = tries;
    }

    DeleteResult delete(DeleteRequest request) throws EngineException, InterruptedException {
        ImageReference name = request.image().withDefaultTag();
        DeletionPolicy policy = request.policy();
        String action = "delete " + name.familiar();
        if (name.tag() != null) {
            refuseProtected(action, name.tag(), name, policy);
        }
        Repository repository = repositories.deleting(name);
        Digest digest = digest(action, name, repository);
        List<String> gone = lookAtTags(action, name, digest, repository, policy);
        tries.run(action, () -> {
            repository.delete(digest, action);
            return null;
        });
        listener.on(new EngineEvent.Note("Deleted " + digest + " of " + repository.name()
                + (gone.isEmpty() ? "" : ", and with it the tags " + String.join(", ", gone))));
        return new DeleteResult(name, digest, gone);
    }

    private Digest digest(String action, ImageReference name, Repository repository)
            throws EngineException, InterruptedException {
        if (name.tag() == null) {
            return name.digest();
        }
        Digest now =
                tries.run(action, () -> repository.manifest(name.tag(), null).digest());
        if (name.digest() != null && !name.digest().equals(now)) {
            throw new InvalidRequestException(
                    "could not " + action,
                    "the tag " + name.tag() + " leads to " + now,
                    "Leave out the tag or the digest, or give the digest that the tag leads to");
        }
        return now;
    }

    /** The tags that will be gone, as far as they are known. */
    private List<String> lookAtTags(
            String action, ImageReference name, Digest digest, Repository repository, DeletionPolicy policy)
            throws EngineException, InterruptedException {
        List<String> tags = tags(action, name.tag(), repository, policy);
        List<String> gone = new ArrayList<>();
        for (String tag : tags) {
            if (policy.protecting(name(name, tag)).isPresent()) {
                if (tries.run(action, () -> leadsTo(tag, digest, repository))) {
                    refuseProtected(action, tag, name, policy);
                }
            } else if (tag.equals(name.tag())
                    || tags.size() <= MOST_TOLD && tries.run(action, () -> repository.isTagOf(digest, tag))) {
                gone.add(tag);
            }
        }
        return gone;
    }

    /** Without patterns the tags are told of and nothing else: a registry that does not list them does no harm. */
    private List<String> tags(String action, @CheckForNull String named, Repository repository, DeletionPolicy policy)
            throws EngineException, InterruptedException {
        try {
            return tries.run(action + ": list the tags of " + repository.name(), repository::tags);
        } catch (EngineException e) {
            if (policy.protectedNames().isEmpty()) {
                return named == null ? List.of() : List.of(named);
            }
            throw e;
        }
    }

    /** Also what a protected index consists of must stay. */
    private static boolean leadsTo(String tag, Digest digest, Repository repository)
            throws SessionFailure, MalformedException, EngineException {
        Optional<Manifest> root = repository.find(tag);
        return root.isPresent()
                && ManifestTree.of(root.get(), repository, new ManifestBudget())
                        .digests()
                        .contains(digest);
    }

    private static ImageReference name(ImageReference image, String tag) {
        return ImageReference.parse(image.repository() + ':' + tag);
    }

    private static void refuseProtected(String action, String tag, ImageReference name, DeletionPolicy policy)
            throws InvalidRequestException {
        Optional<NamePattern> pattern = policy.protecting(name(name, tag));
        if (pattern.isPresent()) {
            throw new InvalidRequestException(
                    "could not " + action,
                    "the tag " + tag + ", which leads to it, is protected by the pattern " + pattern.get(),
                    "Delete something else, or have an administrator change the protected images");
        }
    }
}
