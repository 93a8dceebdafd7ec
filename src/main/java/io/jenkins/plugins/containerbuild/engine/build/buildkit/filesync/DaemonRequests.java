package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Packet;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The daemon's side of a synchronisation, as the thread that sends sees it: what was asked for, whether the connection
 * can take more, whether it is over. Takes one bit for each file, however much is asked for.
 */
final class DaemonRequests implements StreamObserver<Packet> {

    private final ServerCallStreamObserver<Packet> daemon;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BitSet waiting = new BitSet();
    private final BitSet known = new BitSet();
    private int announced;
    private int cursor;
    private boolean finished;
    private String over;

    /** Takes over the observer's handlers; to be called before the call's first message. */
    DaemonRequests(ServerCallStreamObserver<Packet> daemon) {
        this.daemon = daemon;
        daemon.setOnReadyHandler(this::wakeUp);
        daemon.setOnCancelHandler(() -> end("the daemon cancelled it"));
    }

    @Override
    public void onNext(Packet packet) {
        switch (packet.getType()) {
            case PACKET_REQ -> request(packet.getID());
            case PACKET_FIN -> finish();
            case PACKET_ERR ->
                end("the daemon reported: "
                        + Printable.shortened(packet.getData().toStringUtf8()));
            default -> end("the daemon sent a packet that is not for this side");
        }
    }

    @Override
    public void onError(Throwable t) {
        end("the daemon broke it off");
    }

    @Override
    public void onCompleted() {
        end("the daemon ended it early");
    }

    private void request(int id) {
        lock.lock();
        try {
            // Numbers are unsigned; one above the signed ones was never announced.
            if (id < 0 || id >= announced || known.get(id)) {
                end("the daemon asked for file " + Integer.toUnsignedString(id)
                        + ", which it was not told of or has asked for already");
                return;
            }
            known.set(id);
            waiting.set(id);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            finished = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(String reason) {
        lock.lock();
        try {
            if (over == null && !finished) {
                over = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wakeUp() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Things up to (without) this number may be asked for from now on. */
    void announced(int count) {
        lock.lock();
        try {
            announced = count;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the daemon has all that it wants. */
    boolean isFinished() {
        lock.lock();
        try {
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the daemon ended it without having got all. */
    boolean isOver() {
        lock.lock();
        try {
            return over != null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the connection takes more, or the daemon has all that it wants. */
    void awaitReady() throws SyncOverException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!finished && isGoingOn() && !daemon.isReady()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is asked for, or the daemon has all that it wants. */
    void awaitRequest() throws SyncOverException, InterruptedException {
        lock.lock();
        try {
            while (!finished && isGoingOn() && waiting.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number of a file that is asked for, which then is not asked for any more; -1 when there is none. */
    int poll() {
        lock.lock();
        try {
            int id = waiting.nextSetBit(cursor);
            if (id < 0) {
                id = waiting.nextSetBit(0);
            }
            if (id >= 0) {
                waiting.clear(id);
                cursor = id;
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    private boolean isGoingOn() throws SyncOverException {
        if (over != null) {
            throw new SyncOverException(over);
        }
        return true;
    }
}
