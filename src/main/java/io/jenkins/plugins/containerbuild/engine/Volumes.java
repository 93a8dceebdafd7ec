package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneRequest;
import io.jenkins.plugins.containerbuild.engine.volume.PruneResult;
import io.jenkins.plugins.containerbuild.engine.volume.RemoveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeFilter;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeMaking;
import io.jenkins.plugins.containerbuild.engine.volume.VolumePruning;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRemoval;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeStore;
import io.jenkins.plugins.containerbuild.engine.volume.files.VolumeFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The named volumes of one daemon. All calls block; interrupting the thread ends the work here and in the daemon, and removes
 * what was made for it. Open as long as the engine that it comes from.
 *
 * <p>Files come into a volume and out of it through the Engine's archive calls on a container that is never started, of an
 * empty image that is made for it: no helper image is pulled, and nothing has to be shared with the daemon's host.
 */
public final class Volumes {

    private static final Duration COUNTING_LIMIT = Duration.ofMinutes(10);

    private final EngineListener listener;
    private final VolumeStore store;
    private final VolumeFiles files;
    private final VolumeMaking making;

    Volumes(EngineConnection connection, EngineListener listener) {
        this.listener = listener;
        store = new VolumeStore(connection);
        files = new VolumeFiles(connection, listener);
        making = new VolumeMaking(
                connection, listener, (volume, request) -> files.own(volume.name(), request.owner(), request.maker()));
    }

    /**
     * Makes sure that a volume is there. One that was there keeps its labels; its driver and options have to be those asked
     * for. The owner is given to the root directory of a volume that is empty, with mode 0755; a warning tells of one that
     * is not empty and has another owner.
     *
     * @throws EngineException when there is no such driver, it refuses, or a volume of this name has another driver or
     *     other options
     * @throws InterruptedException when the thread was interrupted; a volume that was just made is removed then
     */
    public VolumeResult ensure(VolumeRequest request) throws EngineException, InterruptedException {
        return making.ensure(request);
    }

    /**
     * What the daemon knows of a volume.
     *
     * @throws EngineException when there is no such volume
     * @throws InterruptedException when the thread was interrupted
     */
    public VolumeDetails inspect(String name) throws EngineException, InterruptedException {
        VolumeDetails volume = store.existing("could not look at the volume " + name, name);
        return store.list(new VolumeFilter(volume.name(), List.of()), store.sizes(COUNTING_LIMIT)).stream()
                .filter(found -> found.name().equals(volume.name()))
                .findFirst()
                .orElse(volume);
    }

    /**
     * The volumes of the daemon, sorted by their names, with their sizes: the daemon counts them, which takes a while with
     * many files.
     *
     * @throws EngineException when the daemon does not tell
     * @throws InterruptedException when the thread was interrupted
     */
    public List<VolumeDetails> list(VolumeFilter filter) throws EngineException, InterruptedException {
        return list(filter, COUNTING_LIMIT);
    }

    /**
     * The same for somebody who does not want to wait.
     *
     * @param counting how long the daemon may count; the sizes are null when it needs longer
     */
    public List<VolumeDetails> list(VolumeFilter filter, Duration counting)
            throws EngineException, InterruptedException {
        return store.list(filter, store.sizes(counting));
    }

    /**
     * Removes volumes.
     *
     * @return those that were removed, in the order asked for
     * @throws EngineException when one is in use, foreign or not there and the request does not allow for it (none was
     *     removed then), or the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public List<RemovedVolume> remove(RemoveRequest request) throws EngineException, InterruptedException {
        return new VolumeRemoval(store, listener).remove(request);
    }

    /**
     * Removes volumes that nobody needs any more.
     *
     * @throws EngineException when the daemon does not tell of its volumes; one that cannot be removed is among the kept
     * @throws InterruptedException when the thread was interrupted
     */
    public PruneResult prune(PruneRequest request) throws EngineException, InterruptedException {
        return new VolumePruning(store, listener, Clock.systemUTC()).prune(request);
    }

    /**
     * Copies files into a volume or out of it.
     *
     * @throws EngineException when volume or path is missing, a path lies outside of the root, a disk is full or the
     *     connection is lost
     * @throws InterruptedException when the thread was interrupted
     */
    public TransferResult copy(CopyRequest request) throws EngineException, InterruptedException {
        return files.copy(request);
    }

    /**
     * Writes all files of a volume into an archive. It is written beside its place and moved there once it is complete.
     *
     * @throws EngineException as with {@link #copy}
     * @throws InterruptedException when the thread was interrupted
     */
    public TransferResult archive(ArchiveRequest request) throws EngineException, InterruptedException {
        return files.archive(request);
    }

    /**
     * Writes the files of an archive into a volume, over what is there.
     *
     * @throws EngineException as with {@link #copy}, or when the file is no such archive
     * @throws InterruptedException when the thread was interrupted
     */
    public TransferResult restore(ArchiveRequest request) throws EngineException, InterruptedException {
        return files.restore(request);
    }
}
