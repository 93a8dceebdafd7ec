package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.volume.spec.LocalDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes sure that volumes are there. */
public final class VolumeMaking {

    /** Nobody waits for long at the beginning of a build to learn how large a cache is. */
    private static final Duration SIZE_LIMIT = Duration.ofSeconds(10);

    private final VolumeStore store;
    private final boolean podman;
    private final EngineListener listener;
    private final Owning owning;

    /** Gives the root of a volume that is there to an owner, if it is empty. */
    public interface Owning {

        /** See {@link io.jenkins.plugins.containerbuild.engine.volume.files.VolumeFiles#own}. */
        void own(VolumeDetails volume, VolumeRequest request) throws EngineException, InterruptedException;
    }

    /**
     * @param connection the daemon
     * @param listener told what happens
     * @param owning gives volumes to their owners
     */
    public VolumeMaking(EngineConnection connection, EngineListener listener, Owning owning) {
        store = new VolumeStore(connection);
        podman = connection.info().isPodman();
        this.listener = listener;
        this.owning = owning;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#ensure}. */
    public VolumeResult ensure(VolumeRequest request) throws EngineException, InterruptedException {
        Optional<VolumeDetails> found = request.name() == null ? Optional.empty() : store.find(request.name());
        return found.isPresent() ? existing(request, found.get()) : made(request);
    }

    private VolumeResult existing(VolumeRequest request, VolumeDetails found)
            throws EngineException, InterruptedException {
        DriverOptions.requireSame(request, found, podman);
        boolean owned = DriverOptions.holdOwner(request, podman)
                && DriverOptions.withOwner(request.driverOpts(), request.owner())
                        .get("o")
                        .equals(found.driverOpts().get("o"));
        if (request.owner() != null && !owned) {
            owning.own(found, request);
        }
        listener.on(new EngineEvent.Note("The volume " + found.name() + " is there already"));
        return new VolumeResult(withUse(found), false);
    }

    private VolumeResult made(VolumeRequest request) throws EngineException, InterruptedException {
        if (request.driver() == null || request.driver().equals(VolumeRequest.LOCAL)) {
            LocalDevice.check(request.driverOpts(), request.hostPaths(), request.name());
        }
        boolean held = DriverOptions.holdOwner(request, podman);
        Map<String, String> labels = new TreeMap<>(request.labels());
        labels.putAll(new Ownership(request.maker(), request.scope(), Instant.now(), request.maxAge()).labels());
        VolumeDetails volume = store.create(
                request.name(),
                request.driver() == null ? VolumeRequest.LOCAL : request.driver(),
                held ? DriverOptions.withOwner(request.driverOpts(), request.owner()) : request.driverOpts(),
                labels);
        if (!volume.labels().entrySet().containsAll(labels.entrySet())) {
            // Another build made one of this name in between.
            return existing(request, volume);
        }
        boolean complete = false;
        try {
            if (request.owner() != null && !held) {
                owning.own(volume, request);
            }
            complete = true;
        } finally {
            if (!complete) {
                undo(volume.name());
            }
        }
        listener.on(new EngineEvent.Note("Created the volume " + volume.name() + " with the driver " + volume.driver()
                + (request.owner() == null ? "" : ", owned by " + request.owner())));
        return new VolumeResult(withUse(volume), true);
    }

    private void undo(String name) {
        String left = store.removeAfterwards(name);
        if (left != null) {
            listener.on(new EngineEvent.Warning("Could not remove the unfinished volume " + name + ": " + left));
        }
    }

    private VolumeDetails withUse(VolumeDetails volume) throws EngineException, InterruptedException {
        List<VolumeUser> users = store.users().get(volume.name());
        return volume.with(store.sizes(SIZE_LIMIT).get(volume.name()), users);
    }
}
