package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Removes volumes that are named, and nobody else's by mistake. */
public final class VolumeRemoval {

    private static final Duration SIZE_LIMIT = Duration.ofSeconds(10);

    private final VolumeStore store;
    private final EngineListener listener;

    /**
     * @param store the daemon's volumes
     * @param listener told what is removed
     */
    public VolumeRemoval(VolumeStore store, EngineListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#remove}. */
    public List<RemovedVolume> remove(RemoveRequest request) throws EngineException, InterruptedException {
        List<VolumeDetails> volumes = look(request);
        if (volumes.isEmpty()) {
            return List.of();
        }
        Map<String, Long> sizes = store.sizes(SIZE_LIMIT);
        List<RemovedVolume> removed = new ArrayList<>();
        for (VolumeDetails volume : volumes) {
            for (VolumeUser user : volume.usedBy()) {
                listener.on(new EngineEvent.Note(
                        "Removing the container " + user.shown() + ", which uses the volume " + volume.name()));
                store.removeContainer(user);
            }
            store.remove(volume.name());
            listener.on(new EngineEvent.Note("Removed the volume " + volume.name()));
            removed.add(new RemovedVolume(volume.name(), sizes.get(volume.name())));
        }
        return removed;
    }

    /** Those that are there, all of which may be removed. */
    private List<VolumeDetails> look(RemoveRequest request) throws EngineException, InterruptedException {
        Map<String, List<VolumeUser>> users = store.users();
        List<VolumeDetails> volumes = new ArrayList<>();
        for (String name : new LinkedHashSet<>(request.names())) {
            String what = "could not remove the volume " + name;
            Optional<VolumeDetails> found =
                    request.force() ? store.find(name) : Optional.of(store.existing(what, name));
            if (found.isPresent()) {
                VolumeDetails volume = found.get().with(null, users.get(name));
                refuseForeign(what, request, volume);
                refuseUsed(what, request, volume);
                volumes.add(volume);
            }
        }
        return volumes;
    }

    private static void refuseForeign(String what, RemoveRequest request, VolumeDetails volume)
            throws InvalidRequestException {
        String maker = volume.ownership()
                .map(ownership -> ownership.maker().controller())
                .orElse(null);
        if (!request.foreign() && !request.controller().equals(maker)) {
            throw new InvalidRequestException(
                    what,
                    maker == null ? "it was not made by this plugin" : "it was made by the controller " + maker,
                    "Set foreign to remove it nevertheless");
        }
    }

    private static void refuseUsed(String what, RemoveRequest request, VolumeDetails volume)
            throws InvalidRequestException {
        if (!request.force() && volume.isInUse()) {
            throw new InvalidRequestException(
                    what,
                    "it is in use by " + users(volume),
                    "Remove the containers first, or set force to remove them along with it");
        }
    }

    /** The containers that use a volume, in words. */
    static String users(VolumeDetails volume) {
        return volume.usedBy().stream().map(VolumeUser::shown).collect(Collectors.joining(", "));
    }
}
