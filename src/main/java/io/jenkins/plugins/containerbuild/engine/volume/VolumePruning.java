package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Removes volumes of one controller that nobody needs any more. */
public final class VolumePruning {

    private static final Duration SIZE_LIMIT = Duration.ofMinutes(10);

    private final VolumeStore store;
    private final EngineListener listener;
    private final Clock clock;

    /**
     * @param store the daemon's volumes
     * @param listener told what is removed
     * @param clock tells how old they are
     */
    public VolumePruning(VolumeStore store, EngineListener listener, Clock clock) {
        this.store = store;
        this.listener = listener;
        this.clock = clock;
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#prune}. */
    public PruneResult prune(PruneRequest request) throws EngineException, InterruptedException {
        VolumeFilter ours = new VolumeFilter(null, request.labels()).of(request.controller());
        List<VolumeDetails> volumes = new ArrayList<>(store.list(ours, store.sizes(SIZE_LIMIT)));
        volumes.sort(Comparator.comparing(this::made));
        Round round = new Round(request, volumes);
        for (VolumeDetails volume : volumes) {
            round.judge(volume);
        }
        PruneResult result = new PruneResult(round.removed, round.kept);
        listener.on(new EngineEvent.Note("Removed " + result.removed().size() + " of " + volumes.size() + " volumes, "
                + EventText.bytes(result.freedBytes())));
        return result;
    }

    /** When it was made; what has no date at all counts as new. */
    private Instant made(VolumeDetails volume) {
        Instant made = volume.ownership().map(Ownership::created).orElse(volume.created());
        return made == null ? clock.instant() : made;
    }

    /** One pruning, the oldest volume first. */
    private final class Round {

        private final PruneRequest request;
        private final List<RemovedVolume> removed = new ArrayList<>();
        private final List<KeptVolume> kept = new ArrayList<>();
        private long total;

        Round(PruneRequest request, List<VolumeDetails> volumes) {
            this.request = request;
            volumes.forEach(volume -> total += size(volume));
        }

        void judge(VolumeDetails volume) throws InterruptedException {
            if (volume.isInUse()) {
                keep(volume, "in use by " + VolumeRemoval.users(volume));
            } else if (isOver(volume) || isTooMuch(volume)) {
                remove(volume);
            } else {
                keep(
                        volume,
                        request.keepBytes() == null ? "not old enough" : "not old enough, and there is room for it");
            }
        }

        private boolean isOver(VolumeDetails volume) {
            Duration age = Duration.between(made(volume), clock.instant());
            Duration own = volume.ownership().map(Ownership::maxAge).orElse(null);
            return isPast(age, own) || isPast(age, request.maxAge());
        }

        private static boolean isPast(Duration age, Duration limit) {
            return limit != null && age.compareTo(limit) >= 0;
        }

        /** To remove what takes nothing would free nothing. */
        private boolean isTooMuch(VolumeDetails volume) {
            return request.keepBytes() != null && total > request.keepBytes() && size(volume) > 0;
        }

        private void remove(VolumeDetails volume) throws InterruptedException {
            try {
                store.remove(volume.name());
                listener.on(new EngineEvent.Note("Removed the volume " + volume.name()));
                removed.add(new RemovedVolume(volume.name(), volume.sizeBytes()));
                total -= size(volume);
            } catch (EngineException e) {
                // A container may have taken it meanwhile: the next pruning sees to it.
                keep(volume, e.getMessage());
            }
        }

        private void keep(VolumeDetails volume, String reason) {
            kept.add(new KeptVolume(volume.name(), volume.sizeBytes(), reason));
        }

        private static long size(VolumeDetails volume) {
            Long size = volume.sizeBytes();
            return size == null ? 0 : size;
        }
    }
}
