package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet.PacketType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Consumer;

/**
 * The one thread that writes to the daemon: it announces what there is and sends what is asked for, in turns, so that
 * neither waits for the other. What it holds of the files is one piece.
 */
final class SyncSender implements Runnable {

    private static final int PIECE = 64 * 1024;
    private static final int ANNOUNCED_AT_ONCE = 32;

    private final Listing listing;
    private final DaemonRequests requests;
    private final StreamObserver<Packet> daemon;
    private final SyncProgress progress;
    private final Consumer<IOException> failed;
    private final Consumer<String> whenEnded;
    private final AnnouncedFiles announced = new AnnouncedFiles();
    private final byte[] buffer = new byte[PIECE];

    private ReadAhead files;
    private Announcements announcements;
    private String told;
    private boolean ended;
    private int count;
    private int id;
    private InputStream content;

    /** Begins to list what is to be sent. */
    interface Listing {
        ReadAhead open() throws IOException;
    }

    /**
     * @param listing opened in {@link #run()}, since it may take its time
     * @param requests what the daemon says
     * @param daemon written to by {@link #run()} alone
     * @param failed told when the files cannot be read
     * @param whenEnded told once, the digest of what the daemon was told, or null unless it was told all and has all that
     *     it asked for
     */
    SyncSender(
            Listing listing,
            DaemonRequests requests,
            StreamObserver<Packet> daemon,
            SyncProgress progress,
            Consumer<IOException> failed,
            Consumer<String> whenEnded) {
        this.listing = listing;
        this.requests = requests;
        this.daemon = daemon;
        this.progress = progress;
        this.failed = failed;
        this.whenEnded = whenEnded;
    }

    @Override
    public void run() {
        try {
            send();
        } catch (SyncOverException e) {
            close(Status.ABORTED, e.getMessage());
        } catch (InterruptedException | InterruptedIOException e) {
            Thread.currentThread().interrupt();
            close(Status.CANCELLED, "the build was cancelled");
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            failUnexpectedly(e);
        } finally {
            end(null);
            closeContent();
            if (files != null) {
                files.close();
            }
        }
    }

    private void send() throws IOException, SyncOverException, InterruptedException {
        files = listing.open();
        announcements = new Announcements(files);
        requests.awaitReady();
        while (!requests.isFinished()) {
            if (told == null) {
                announceSome();
            }
            if (content != null || openNext()) {
                sendPiece();
            } else if (told != null) {
                requests.awaitRequest();
            }
            requests.awaitReady();
        }
        progress.complete();
        // Before the daemon hears of the end: it may have built by the time this thread goes on.
        end(told);
        daemon.onNext(packet(PacketType.PACKET_FIN).build());
        daemon.onCompleted();
    }

    private void end(String digest) {
        if (!ended) {
            ended = true;
            whenEnded.accept(digest);
        }
    }

    private void announceSome() throws IOException {
        for (int i = 0; i < ANNOUNCED_AT_ONCE && told == null; i++) {
            Announcements.Announcement next = announcements.next();
            Packet.Builder packet = packet(PacketType.PACKET_STAT);
            if (next == null) {
                told = announcements.digest();
            } else {
                packet.setStat(next.stat());
                announce(next);
            }
            daemon.onNext(packet.build());
        }
    }

    private void announce(Announcements.Announcement next) {
        if (next.hasContent()) {
            announced.add(count, next.stat().getPath(), next.stat().getSize());
        }
        count++;
        requests.announced(count);
    }

    private boolean openNext() throws IOException, SyncOverException {
        int next = requests.poll();
        if (next < 0) {
            return false;
        }
        AnnouncedFiles.Announced file = announced.find(next);
        if (file == null) {
            throw new SyncOverException("the daemon asked for the content of number " + next + ", which is no file");
        }
        id = next;
        content = files.open(file.path(), file.size());
        progress.file(file.path());
        return true;
    }

    private void sendPiece() throws IOException {
        int length = content.read(buffer, 0, PIECE);
        Packet.Builder packet = packet(PacketType.PACKET_DATA).setID(id);
        if (length < 0) {
            closeContent();
        } else {
            packet.setData(ByteString.copyFrom(buffer, 0, length));
            progress.bytes(length);
        }
        daemon.onNext(packet.build());
    }

    private void fail(IOException failure) {
        failed.accept(failure);
        try {
            daemon.onNext(packet(PacketType.PACKET_ERR)
                    .setData(ByteString.copyFromUtf8(String.valueOf(failure.getMessage())))
                    .build());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        close(Status.ABORTED, failure.getMessage());
    }

    private void failUnexpectedly(RuntimeException e) {
        if (requests.isOver()) {
            // What is written to a connection that just ended may well fail; the files are not to blame.
            close(Status.ABORTED, "the daemon is gone");
        } else {
            fail(new IOException("could not send the build context: " + e, e));
        }
    }

    private void close(Status status, String reason) {
        daemon.onError(status.withDescription(reason).asRuntimeException());
    }

    private void closeContent() {
        InputStream open = content;
        content = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read, so nothing can have been lost.
                return;
            }
        }
    }

    private static Packet.Builder packet(PacketType type) {
        return Packet.newBuilder().setType(type);
    }
}
