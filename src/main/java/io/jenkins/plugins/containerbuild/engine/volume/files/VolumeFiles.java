package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.FileTransfer.Action;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.volume.ArchiveRequest;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeStore;
import java.io.IOException;

/** What is done with the files in volumes, whose daemon may be far away. */
public final class VolumeFiles {

    private final EngineConnection connection;
    private final EngineListener listener;
    private final VolumeStore store;

    /**
     * @param connection the daemon
     * @param listener told what happens
     */
    public VolumeFiles(EngineConnection connection, EngineListener listener) {
        this.connection = connection;
        this.listener = listener;
        store = new VolumeStore(connection);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#copy}. */
    public TransferResult copy(CopyRequest request) throws EngineException, InterruptedException {
        String subject = request.from() + " to " + request.to();
        String what = "could not copy " + subject;
        TransferCount count = new TransferCount(Action.COPY, subject, listener);
        if (request.to().isInVolume()) {
            CopyIn copy = CopyIn.of(what, request, count);
            store.existing(what, request.to().volume());
            return use(request.maker(), request.to().volume(), false, copy::run);
        }
        CopyOut copy = CopyOut.of(what, request, count);
        store.existing(what, request.from().volume());
        return use(request.maker(), request.from().volume(), true, copy::run);
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#archive}. */
    public TransferResult archive(ArchiveRequest request) throws EngineException, InterruptedException {
        TransferCount count = new TransferCount(Action.ARCHIVE, request.volume() + " in " + request.file(), listener);
        Archiving archiving = Archiving.of(request, count);
        store.existing("could not archive the volume " + request.volume(), request.volume());
        return use(request.maker(), request.volume(), true, helper -> {
            if (!helper.tellsOwners()) {
                listener.on(
                        new EngineEvent.Warning("Podman does not tell whose files are: in the archive all are root's"));
            }
            return archiving.run(helper);
        });
    }

    /** See {@link io.jenkins.plugins.containerbuild.engine.Volumes#restore}. */
    public TransferResult restore(ArchiveRequest request) throws EngineException, InterruptedException {
        TransferCount count = new TransferCount(Action.RESTORE, request.file() + " to " + request.volume(), listener);
        Restoring restoring = Restoring.of(request, count);
        store.existing("could not restore the volume " + request.volume(), request.volume());
        return use(request.maker(), request.volume(), false, restoring::run);
    }

    /**
     * Gives the root directory of a volume to an owner, if the volume is empty.
     *
     * @param volume a volume that is there
     */
    public void own(String volume, VolumeOwner owner, Maker maker) throws EngineException, InterruptedException {
        RootOwner root = new RootOwner(volume, owner, listener);
        use(maker, volume, false, root::set);
    }

    private <T> T use(Maker maker, String volume, boolean readOnly, HelperContainer.Work<T> work)
            throws EngineException, InterruptedException {
        return HelperContainer.use(connection, listener, maker, volume, readOnly, work);
    }

    /** Unpacks an archive, and tells trouble of making it from trouble of the daemon and of the connection. */
    static void write(String what, HelperContainer helper, TarStream tar) throws EngineException, InterruptedException {
        try (TarStream open = tar) {
            helper.write(open);
        } catch (InterruptedException e) {
            tar.cancel();
            throw e;
        } catch (DaemonRefusal e) {
            throw helper.refused(what, e);
        } catch (IOException e) {
            EngineException local = LocalFileException.in(tar.failure() == null ? e : tar.failure());
            if (local != null) {
                throw local;
            }
            if (tar.failure() != null) {
                throw new EngineException(what, reason(tar.failure()), "Check the files, and try again", e);
            }
            throw helper.broken(what, e);
        }
    }

    /** Why something failed, as far as the exception says it. */
    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
