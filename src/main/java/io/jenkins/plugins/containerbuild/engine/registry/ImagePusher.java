package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageDetails;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pushes an image of the daemon, chosen by its id. The Engine's API pushes names only, so the name is moved to the image
 * first; another build may move it away in between, which is noticed afterwards and then tried again. Where the daemon
 * refuses a registry that its entry allows as it is, or where the caller wants it, the image goes past the daemon.
 */
public final class ImagePusher {

    /** How often a name that other builds keep moving is moved back. */
    private static final int MOST_MOVES = 5;

    private final EngineConnection connection;
    private final ImageStore images;
    private final RegistryAccess registries;
    private final Transfers transfers;
    private final PastDaemon pastDaemon;
    private final Detour detour;
    private final ReadBack readBack;
    private final EngineListener listener;

    /** Pushes images without the help of the daemon that has them. */
    @FunctionalInterface
    public interface PastDaemon {

        /**
         * Pushes one.
         *
         * @param names names with tags
         * @param outcomes told what became of each name
         * @throws EngineException when there is no such image
         * @throws InterruptedException when the thread was interrupted
         */
        void push(Digest imageId, List<ImageReference> names, PushOutcomes outcomes)
                throws EngineException, InterruptedException;
    }

    /**
     * @param connection the daemon
     * @param images its images
     * @param registries logins
     * @param pastDaemon what takes images past the daemon
     * @param readBack looks whether a registry has what the daemon pushed
     * @param listener told of progress, retries and what was pushed
     */
    public ImagePusher(
            EngineConnection connection,
            ImageStore images,
            RegistryAccess registries,
            PastDaemon pastDaemon,
            ReadBack readBack,
            EngineListener listener) {
        this.connection = connection;
        this.images = images;
        this.registries = registries;
        this.pastDaemon = pastDaemon;
        detour = new Detour(registries);
        this.readBack = readBack;
        this.listener = listener;
        transfers =
                new Transfers(connection, registries, RetryPolicies.DEFAULT.push(), new RetryAfterHeader(), listener);
    }

    /**
     * Pushes an image under each of the names. One that fails keeps none of the others from its registry.
     *
     * @param via who pushes
     * @return one entry per name, in their order
     * @throws EngineException when a name could not be pushed; says which others were
     * @throws InterruptedException when the thread was interrupted; the daemon stops pushing then
     */
    public List<PushedReference> push(Digest imageId, List<ImageReference> references, PushVia via)
            throws EngineException, InterruptedException {
        if (references.isEmpty()) {
            throw new InvalidRequestException(
                    "could not push " + imageId,
                    "no name was given to push it under",
                    "Give at least one tag, for example registry.example:5000/team/app:1.0");
        }
        List<ImageReference> tagged = new ArrayList<>();
        for (ImageReference reference : references) {
            tagged.add(ImageStore.tagged(reference));
        }
        PushOutcomes outcomes = new PushOutcomes();
        List<ImageReference> past = via == PushVia.AGENT ? tagged : pushByDaemon(imageId, tagged, outcomes);
        if (!past.isEmpty()) {
            pastDaemon.push(imageId, past, outcomes);
        }
        return outcomes.all(tagged);
    }

    /** @return what the daemon refuses although it is allowed */
    private List<ImageReference> pushByDaemon(Digest imageId, List<ImageReference> names, PushOutcomes outcomes)
            throws InterruptedException {
        List<ImageReference> past = new ArrayList<>();
        Set<RegistryAddress> refusing = new HashSet<>();
        for (ImageReference name : names) {
            RegistryAddress address = RegistryAddress.of(name);
            EngineException before = outcomes.failureAt(address);
            if (before != null) {
                outcomes.failed(name, before);
            } else if (refusing.contains(address)) {
                past.add(name);
            } else {
                try {
                    outcomes.pushed(push(imageId, name));
                } catch (EngineException e) {
                    if (e.getCause() instanceof RegistryFailure failure && detour.isOpen(name, failure)) {
                        listener.on(detour.note(name, failure));
                        refusing.add(address);
                        past.add(name);
                    } else {
                        outcomes.failed(name, e);
                    }
                }
            }
        }
        return past;
    }

    private PushedReference push(Digest imageId, ImageReference reference)
            throws EngineException, InterruptedException {
        RegistryEntry entry = registries.entryFor(reference);
        for (int move = 1; move <= MOST_MOVES; move++) {
            images.tag(imageId, reference);
            Digest digest = transfers.run(
                    "push " + reference.familiar() + " to " + entry.address(),
                    entry,
                    login -> pushOnce(reference, login));
            if (isThatOf(imageId, reference, digest)) {
                readBack.require(new PushedReference(reference, digest), listener);
                listener.on(new EngineEvent.Pushed(reference.familiar(), digest.toString()));
                return new PushedReference(reference, digest);
            }
            listener.on(new EngineEvent.Warning("Another build gave the name " + reference.familiar()
                    + " to its own image during the push; pushing again"));
        }
        throw new EngineException(
                "could not push " + imageId + " as " + reference,
                "other builds on this daemon gave the name to other images " + MOST_MOVES + " times",
                "Give each build a tag of its own");
    }

    private Digest pushOnce(ImageReference reference, RegistryAccess.Login login)
            throws RegistryFailure, EngineException, InterruptedException {
        TransferLog log = new TransferLog("push", reference.familiar(), listener, System::nanoTime);
        DaemonRequest request = DaemonRequest.post("/images/" + encodedPath(reference.repository()) + "/push")
                .query("tag", reference.tag())
                .header("X-Registry-Auth", login.header());
        Digest digest = transfers.follow(request, log);
        if (digest == null) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.CONNECTION, "the daemon ended the push without saying what it had pushed");
        }
        return digest;
    }

    /** Whether the pushed digest belongs to the image: the daemon notes it with the image that it pushed. */
    private boolean isThatOf(Digest imageId, ImageReference reference, Digest digest)
            throws EngineException, InterruptedException {
        ImageDetails image = images.inspect(ImageSelector.ofId(imageId));
        String suffix = "@" + digest;
        if (digest.equals(imageId) || image.repositoryDigests().stream().anyMatch(noted -> noted.endsWith(suffix))) {
            return true;
        }
        // Podman notes another digest; there the name itself has to tell.
        return connection.info().isPodman()
                && images.inspect(ImageSelector.ofName(reference)).imageId().equals(imageId);
    }

    private static String encodedPath(String repository) {
        return DaemonRequest.encode(repository).replace("%2F", "/");
    }
}
