package io.jenkins.plugins.containerbuild.engine.build.buildkit.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Stat;
import io.jenkins.plugins.containerbuild.engine.file.ReceivedTree;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The receiving side of tonistiigi/fsutil: the daemon tells of every entry, directories before what is in them; every
 * file's contents are asked for, come in pieces, those of several files mixed, and end with an empty piece. gRPC calls it
 * from one thread at a time; the build's own thread may end it meanwhile, so everything happens under the target's lock.
 */
final class TreeStream implements StreamObserver<byte[]> {

    private static final int PERMISSIONS = 0777;
    private static final int DIRECTORY = 1 << 31;
    private static final int SYMLINK = 1 << 27;
    private static final int DEVICE = 1 << 26;
    private static final int PIPE = 1 << 25;
    private static final int SOCKET = 1 << 24;
    private static final int CHARACTER_DEVICE = 1 << 21;
    private static final int IRREGULAR = 1 << 19;
    private static final int TYPES = DIRECTORY | SYMLINK | DEVICE | PIPE | SOCKET | CHARACTER_DEVICE | IRREGULAR;

    private final LocalTarget target;
    private final StreamObserver<byte[]> daemon;
    private final Map<Integer, Incoming> files = new HashMap<>();
    private final List<Entry> hardLinks = new ArrayList<>();
    private ReceivedTree tree;
    private int announced;
    private boolean allAnnounced;
    private boolean finished;
    private boolean ended;

    /** What is needed of an entry until the end. */
    private record Entry(String path, String link, int mode, long modified) {

        Entry(Stat stat) {
            this(stat.getPath(), stat.getLinkname(), stat.getMode() & PERMISSIONS, stat.getModTime());
        }
    }

    /** A file whose contents were asked for. */
    private static final class Incoming {

        private final Entry entry;
        private OutputStream stream;

        Incoming(Entry entry) {
            this.entry = entry;
        }
    }

    TreeStream(LocalTarget target, StreamObserver<byte[]> daemon) {
        this.target = target;
        this.daemon = daemon;
    }

    @Override
    public void onNext(byte[] message) {
        synchronized (target) {
            if (!ended) {
                take(message);
            }
        }
    }

    private void take(byte[] message) {
        Packet packet;
        try {
            packet = Packet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            fail("the daemon sent a name that is no UTF-8, or no packet at all");
            return;
        }
        switch (packet.getType()) {
            case PACKET_STAT -> announce(packet);
            case PACKET_DATA -> data(packet.getID(), packet.getData());
            case PACKET_FIN -> fin();
            case PACKET_ERR ->
                fail("the daemon could not send it: "
                        + Printable.shortened(packet.getData().toStringUtf8()));
            default -> fail("the daemon sent a packet that is not for this side");
        }
    }

    private void announce(Packet packet) {
        if (!packet.hasStat()) {
            allAnnounced = true;
            finishIfDone();
            return;
        }
        Entry entry = new Entry(packet.getStat());
        int id = announced++;
        int type = packet.getStat().getMode() & TYPES;
        if (type == 0 && entry.link().isEmpty()) {
            files.put(id, new Incoming(entry));
            send(Packet.newBuilder().setType(Packet.PacketType.PACKET_REQ).setID(id));
        } else if (type == 0) {
            hardLinks.add(entry);
        } else if (type == DIRECTORY) {
            step(() -> tree.directory(entry.path(), entry.mode(), entry.modified()));
        } else if (type == SYMLINK) {
            step(() -> tree.symlink(entry.path(), entry.link(), entry.modified()));
        } else {
            target.skip(entry.path(), kind(type));
        }
    }

    private static String kind(int type) {
        if ((type & (DEVICE | CHARACTER_DEVICE)) != 0) {
            return "device";
        }
        return type == PIPE ? "named pipe" : type == SOCKET ? "socket" : "file of an unknown kind";
    }

    private void data(int id, ByteString bytes) {
        Incoming file = files.get(id);
        if (file == null) {
            fail("the daemon sent contents that nobody asked for");
            return;
        }
        step(() -> {
            Entry entry = file.entry;
            if (file.stream == null) {
                file.stream = tree.file(entry.path());
            }
            bytes.writeTo(file.stream);
            if (bytes.isEmpty()) {
                file.stream.close();
                files.remove(id);
                tree.finish(entry.path(), entry.mode(), entry.modified());
            }
        });
        finishIfDone();
    }

    private void finishIfDone() {
        if (!allAnnounced || !files.isEmpty() || finished || ended) {
            return;
        }
        step(() -> {
            for (Entry link : hardLinks) {
                tree.hardLink(link.path(), link.link());
            }
            tree.settle();
            finished = true;
        });
        if (finished) {
            send(Packet.newBuilder().setType(Packet.PacketType.PACKET_FIN));
        }
    }

    private void fin() {
        if (finished) {
            ended = true;
            daemon.onCompleted();
        } else {
            fail("the daemon ended the output before it had sent all of it");
        }
    }

    private void send(Packet.Builder packet) {
        daemon.onNext(packet.build().toByteArray());
    }

    private void fail(String why) {
        step(() -> {
            throw new IOException(why);
        });
    }

    private void step(LocalTarget.Step step) {
        if (ended) {
            return;
        }
        boolean done = target.take(() -> {
            if (tree == null) {
                tree = target.open();
            }
            step.run();
        });
        if (!done) {
            abandon();
            daemon.onError(Status.ABORTED
                    .withDescription("the client could not write " + target.description())
                    .asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable cause) {
        abandon();
    }

    @Override
    public void onCompleted() {
        synchronized (target) {
            // Daemons wait for the answer to their last packet; one that does not has broken it off.
            if (!ended) {
                fin();
            }
        }
    }

    /** Whether everything has come and is in its place. */
    boolean isComplete() {
        return finished;
    }

    /** Takes nothing more, and removes files that are there in part. */
    void abandon() {
        synchronized (target) {
            ended = true;
            files.values().stream().filter(file -> file.stream != null).forEach(this::remove);
            files.clear();
        }
    }

    private void remove(Incoming file) {
        try {
            file.stream.close();
            tree.forget(file.entry.path());
        } catch (IOException e) {
            System.getLogger(TreeStream.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove an unfinished file", e);
        }
    }
}
