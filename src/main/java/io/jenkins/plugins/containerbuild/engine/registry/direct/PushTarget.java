package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.MalformedException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** One repository that an image is pushed into, under one or more names. For several threads. */
final class PushTarget {

    private final Repository repository;
    private final List<ImageReference> names;
    private final List<Repository> neighbours;
    private final Tries tries;
    private final EngineListener listener;
    private final String action;
    private final Set<Digest> present = ConcurrentHashMap.newKeySet();
    private volatile EngineException failure;

    /**
     * @param names at least one
     * @param neighbours repositories of the same registry that may have what this one lacks
     */
    PushTarget(
            Repository repository,
            List<ImageReference> names,
            List<Repository> neighbours,
            Tries tries,
            EngineListener listener) {
        this.repository = repository;
        this.names = List.copyOf(names);
        this.neighbours = List.copyOf(neighbours);
        this.tries = tries;
        this.listener = listener;
        action = "push " + names.get(0).familiar() + " to "
                + repository.session().entry().address();
    }

    /**
     * One for each repository.
     *
     * @param names names with tags
     * @param neighbours tells which repositories of the same registry may have what this one lacks
     */
    static List<PushTarget> forEach(
            List<ImageReference> names,
            Repositories repositories,
            Function<ImageReference, List<ImageReference>> neighbours,
            Tries tries)
            throws EngineException {
        Map<String, List<ImageReference>> byRepository = new LinkedHashMap<>();
        for (ImageReference name : names) {
            byRepository
                    .computeIfAbsent(name.repository(), repository -> new ArrayList<>())
                    .add(name);
        }
        List<PushTarget> targets = new ArrayList<>();
        for (List<ImageReference> group : byRepository.values()) {
            List<ImageReference> beside = neighbours.apply(group.get(0));
            targets.add(new PushTarget(
                    repositories.writing(group.get(0), beside),
                    group,
                    repositories.neighbours(beside),
                    tries,
                    tries.listener()));
        }
        return targets;
    }

    List<ImageReference> names() {
        return names;
    }

    /** Registry and repository, without a tag. */
    String repository() {
        return names.get(0).repository();
    }

    /** A part of the work; what ends it for this target is kept, so that others can go on. */
    interface Part {
        void run() throws EngineException, InterruptedException;
    }

    /** Does a part of the work, unless an earlier one has failed for good. */
    void attempt(Part part) throws InterruptedException {
        if (failure != null) {
            return;
        }
        try {
            part.run();
        } catch (EngineException e) {
            failure = e;
        }
    }

    /** Why nothing more is pushed here, or null. */
    EngineException failure() {
        return failure;
    }

    /**
     * A manifest of the repository where it can be read and understood; what is wrong otherwise, the push will tell.
     *
     * @param reference a tag or a digest
     */
    Optional<Manifest> look(String reference) throws EngineException {
        try {
            return Optional.of(
                    repository.manifest(reference, reference.contains(":") ? Digest.parse(reference) : null));
        } catch (SessionFailure | MalformedException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A small blob where it can be read. */
    Optional<byte[]> small(Blob blob) throws EngineException {
        try {
            return Optional.of(repository.small(blob));
        } catch (SessionFailure e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a blob is here, or could be taken over from a neighbour.
     *
     * @param from names repositories where it was pushed to before
     */
    boolean has(Blob blob, List<String> from) throws EngineException, InterruptedException {
        if (present.contains(blob.digest())) {
            return true;
        }
        boolean there = tries.blob(action, () -> repository.hasBlob(blob.digest())) || isTakenOver(blob, from);
        if (there) {
            present.add(blob.digest());
        }
        return there;
    }

    private boolean isTakenOver(Blob blob, List<String> from) throws EngineException, InterruptedException {
        for (Repository neighbour : neighbours) {
            if (from.contains(neighbour.session().entry().address() + "/" + neighbour.path())) {
                return tries.blob(action, () -> repository.takesOver(blob, neighbour));
            }
        }
        return false;
    }

    /**
     * Uploads a blob unless it is here.
     *
     * @param content opens it, for each try
     * @param progress told how many bytes have gone out since it was last told
     */
    void send(Blob blob, Supplier<InputStream> content, LongConsumer progress)
            throws EngineException, InterruptedException {
        new BlobUpload(repository, blob, tries, action)
                .send(taker -> taker.take(new BlobStream(content.get(), blob, progress)));
        present.add(blob.digest());
    }

    /** Puts a manifest beside the one that gets the names. */
    void put(Manifest manifest) throws EngineException, InterruptedException {
        if (!tries.run(action, () -> repository.hasManifest(manifest.digest()))) {
            tries.run(
                    action, () -> repository.put(manifest.digest().toString(), manifest.mediaType(), manifest.bytes()));
        }
    }

    /** Whether a name stands for this manifest already; then all that it leads to is here, too. */
    boolean isNamed(ImageReference name, Manifest manifest) throws EngineException, InterruptedException {
        return tries.run(action, () -> {
            try {
                return repository.manifest(name.tag(), null).digest().equals(manifest.digest());
            } catch (SessionFailure e) {
                if (e.failure().kind() == RegistryFailure.Kind.NOT_FOUND) {
                    return false;
                }
                throw e;
            } catch (MalformedException e) {
                return false;
            }
        });
    }

    /** Gives the manifest a name, and looks whether the registry then has it so. */
    PushedReference name(ImageReference name, Manifest manifest) throws EngineException, InterruptedException {
        if (!isNamed(name, manifest)) {
            return new TagPush(tries, listener).push(manifest.mediaType(), manifest.bytes(), name, repository);
        }
        listener.on(new EngineEvent.Pushed(name.familiar(), manifest.digest().toString()));
        return new PushedReference(name, manifest.digest());
    }
}
