package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryFailure.Kind;
import io.jenkins.plugins.containerbuild.engine.registry.direct.Manifest.Blob;
import java.net.URI;
import java.util.Optional;

/**
 * Brings the content of one blob into a repository. After a failure the registry is asked how much has arrived, and only
 * the rest is sent where it can go on; otherwise all of it once more (OCI distribution specification, "Pushing a blob in
 * chunks"). For one thread.
 */
final class BlobUpload {

    /** Has the content, for each try from its beginning. */
    @FunctionalInterface
    interface Content {

        /**
         * Opens it, has it taken and closes it.
         *
         * @throws SessionFailure as the taker throws it, or when it comes from a registry that failed itself
         */
        void give(Taker taker) throws SessionFailure, EngineException;
    }

    /** Takes content that is open. */
    @FunctionalInterface
    interface Taker {
        void take(BlobStream content) throws SessionFailure, EngineException;
    }

    /** Finds a place for the content anew; null where the content is there by now. */
    @FunctionalInterface
    interface Place {
        URI find() throws EngineException, InterruptedException;
    }

    private final Repository repository;
    private final Blob blob;
    private final Tries tries;
    private final String action;
    private URI place;
    private long arrived;
    private boolean resumable = true;

    /** @param action for messages: "push registry.example/app:1" */
    BlobUpload(Repository repository, Blob blob, Tries tries, String action) {
        this.repository = repository;
        this.blob = blob;
        this.tries = tries;
        this.action = action;
    }

    /** Uploads the blob, unless it is there; it is not looked for in other repositories. */
    void send(Content content) throws EngineException, InterruptedException {
        send(this::begin, content);
    }

    /** @param first where the upload begins; whoever finds it may know how to do without one */
    void send(Place first, Content content) throws EngineException, InterruptedException {
        Tries.Pauses pauses = tries.blobPauses(action);
        place = first.find();
        while (place != null) {
            try {
                transfer(content);
                return;
            } catch (SessionFailure e) {
                pauses.after(e);
            }
            long before = arrived;
            goOn();
            if (arrived > before) {
                pauses.progressed();
            }
        }
    }

    private URI begin() throws EngineException, InterruptedException {
        return tries.blob(action, () -> repository.hasBlob(blob.digest()))
                ? null
                : tries.blob(action, () -> repository.begin(blob, null));
    }

    private void transfer(Content content) throws SessionFailure, EngineException {
        try {
            content.give(stream -> {
                if (arrived == 0) {
                    repository.upload(place, blob, stream);
                    return;
                }
                if (arrived < blob.size()) {
                    stream.skipTo(arrived, repository.session());
                    place = repository.append(place, arrived, blob, stream);
                    arrived = blob.size();
                }
                repository.complete(place, blob);
            });
        } catch (SessionFailure e) {
            if (arrived == 0
                    || e.session() != repository.session()
                    || isAsBefore(e.failure().kind())) {
                throw e;
            }
            // It said that it would go on. What is wrong with the blob itself, an upload as a whole will tell.
            resumable = false;
            throw repository.session().failed(Kind.CONNECTION, "it did not go on with the upload: " + e.getMessage());
        }
    }

    private static boolean isAsBefore(Kind kind) {
        return kind.isPassing() || kind == Kind.UNAUTHORIZED || kind == Kind.DENIED || kind == Kind.TOO_FEW_RIGHTS;
    }

    private void goOn() throws EngineException, InterruptedException {
        Optional<Repository.Position> position =
                resumable ? tries.blob(action, () -> repository.position(place, blob)) : Optional.empty();
        if (position.isPresent()) {
            place = position.get().place();
            arrived = position.get().bytes();
        } else {
            place = begin();
            arrived = 0;
        }
    }
}
