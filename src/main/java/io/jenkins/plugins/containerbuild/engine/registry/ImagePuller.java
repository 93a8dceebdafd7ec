package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Has the daemon pull an image. */
public final class ImagePuller {

    private final ImageStore images;
    private final RegistryAccess registries;
    private final Transfers transfers;
    private final Transfers mirrorTransfers;
    private final EngineListener listener;

    /**
     * @param connection the daemon
     * @param images its images
     * @param registries logins
     * @param listener told of progress and retries
     */
    public ImagePuller(
            EngineConnection connection, ImageStore images, RegistryAccess registries, EngineListener listener) {
        this.images = images;
        this.registries = registries;
        this.listener = listener;
        RetryPolicy patient = RetryPolicies.DEFAULT.pull();
        transfers = new Transfers(connection, registries, patient, new RetryAfterHeader(), listener);
        mirrorTransfers = new Transfers(connection, registries, patient.once(), new RetryAfterHeader(), listener);
    }

    /**
     * Pulls; blocks until the image is there.
     *
     * @throws EngineException when it could not be pulled
     * @throws InterruptedException when the thread was interrupted; the daemon stops pulling then
     */
    public PullResult pull(PullRequest request) throws EngineException, InterruptedException {
        Instant start = Instant.now();
        ImageReference reference = request.reference().withDefaultTag();
        Digest told = pullFromMirror(request, reference);
        if (told == null) {
            told = pull(transfers, request, reference);
        }
        ImageDetails image = images.inspect(ImageSelector.ofName(reference));
        Digest digest = told != null ? told : noted(image, reference);
        listener.on(new EngineEvent.Pulled(reference.familiar(), image.imageId().toString()));
        return new PullResult(reference, image.imageId(), digest, Duration.between(start, Instant.now()));
    }

    private Digest pull(Transfers transfers, PullRequest request, ImageReference reference)
            throws EngineException, InterruptedException {
        RegistryEntry entry = registries.entryFor(reference);
        return transfers.run(
                "pull " + reference.familiar() + " from " + entry.address(),
                entry,
                login -> pullOnce(request, reference, login));
    }

    /**
     * Pulls under the mirror's name, and gives the image its own. What is named by its digest comes from the registry itself:
     * the daemon would know that digest under the mirror's name only.
     *
     * @return null when it has to come from the registry itself
     */
    private Digest pullFromMirror(PullRequest request, ImageReference reference) throws InterruptedException {
        Optional<ImageReference> mirrored = registries.registries().atMirror(reference);
        if (mirrored.isEmpty() || reference.digest() != null) {
            return null;
        }
        ImageReference there = mirrored.get();
        try {
            Digest told = pull(mirrorTransfers, request, there);
            ImageDetails image = images.inspect(ImageSelector.ofName(there));
            Digest digest = told != null ? told : noted(image, there);
            images.tag(image.imageId(), reference);
            images.untag(there);
            return digest;
        } catch (EngineException e) {
            listener.on(new EngineEvent.Note("Pulling " + reference.familiar()
                    + " from its registry itself, and not from the mirror " + there.domain() + ": " + e.getMessage()));
            return null;
        }
    }

    private Digest pullOnce(PullRequest request, ImageReference reference, RegistryAccess.Login login)
            throws RegistryFailure, EngineException, InterruptedException {
        TransferLog log = new TransferLog("pull", reference.familiar(), listener, System::nanoTime);
        DaemonRequest call = DaemonRequest.post("/images/create")
                .query("fromImage", reference.repository())
                .query("tag", reference.digest() != null ? reference.digest().toString() : reference.tag())
                .query(
                        "platform",
                        request.platform() == null ? null : request.platform().toString())
                .header("X-Registry-Auth", login.header());
        return transfers.follow(call, log);
    }

    /** Podman does not tell the digest during the pull, but notes it with the image. */
    private static Digest noted(ImageDetails image, ImageReference reference) throws EngineException {
        String prefix = reference.repository() + "@";
        return image.repositoryDigests().stream()
                .filter(noted -> noted.startsWith(prefix))
                .map(noted -> Digest.parse(noted.substring(prefix.length())))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        "could not pull " + reference,
                        "the daemon reported no digest for it",
                        "Pull it once more; when it stays so, look into the daemon's log"));
    }
}
