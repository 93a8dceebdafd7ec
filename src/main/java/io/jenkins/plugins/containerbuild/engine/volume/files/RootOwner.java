package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Gives a volume's root directory to an owner while the volume is empty: later on, files of others are in it. */
final class RootOwner {

    private final String volume;
    private final VolumeOwner owner;
    private final EngineListener listener;
    private final String what;

    private record Root(TarArchiveEntry header, boolean empty) {}

    RootOwner(String volume, VolumeOwner owner, EngineListener listener) {
        this.volume = volume;
        this.owner = owner;
        this.listener = listener;
        what = "could not give the volume " + volume + " to " + owner;
    }

    /** Returns nothing. */
    Void set(HelperContainer helper) throws EngineException, InterruptedException {
        if (!helper.canOwnRoot()) {
            listener.on(new EngineEvent.Warning(
                    "The volume " + volume + " was there before, and its owner is left as it is:"
                            + " Podman gives a volume to an owner only when it is made"));
            return null;
        }
        Root root = look(helper);
        VolumeOwner found =
                new VolumeOwner(root.header().getLongUserId(), root.header().getLongGroupId());
        if (found.equals(owner)) {
            return null;
        }
        if (!root.empty()) {
            listener.on(new EngineEvent.Warning("The volume " + volume + " is " + found + "'s and not " + owner
                    + "'s, and is left so: it is not empty"));
            return null;
        }
        VolumeFiles.write(
                what,
                helper,
                new TarStream(new OneEntry(new TarStream.Entry(header(helper, root), null)), TransferCount.silent()));
        return null;
    }

    private Root look(HelperContainer helper) throws EngineException, InterruptedException {
        try {
            return helper.read("", body -> {
                ReceivedTar tar = ReceivedTar.ofDaemon(body);
                ReceivedTar.Item first = tar.next();
                if (first == null || !first.header().isDirectory()) {
                    throw new IOException("the daemon sent no directory");
                }
                return new Root(first.header(), tar.next() == null);
            });
        } catch (DaemonRefusal e) {
            throw helper.refused(what, e);
        } catch (IOException e) {
            throw helper.lost(e);
        }
    }

    private TarArchiveEntry header(HelperContainer helper, Root root) {
        TarArchiveEntry header = new TarArchiveEntry(helper.prefix(), true);
        header.setMode(root.header().getMode());
        header.setLastModifiedTime(root.header().getLastModifiedTime());
        header.setUserId(owner.uid());
        header.setGroupId(owner.gid());
        return header;
    }
}
