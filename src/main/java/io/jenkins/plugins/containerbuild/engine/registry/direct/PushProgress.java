package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Tells every few seconds how far a push is. For several threads. */
final class PushProgress implements LongConsumer {

    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final String name;
    private final int layers;
    private final EngineListener listener;
    private final LongSupplier nanoTime;
    private int begun;
    private int done;
    private long bytes;
    private long expected;
    private long told;

    /**
     * @param name what is pushed
     * @param layers how many layers it has; 0 when that is not known beforehand
     */
    PushProgress(String name, int layers, EngineListener listener, LongSupplier nanoTime) {
        this.name = name;
        this.layers = layers;
        this.listener = listener;
        this.nanoTime = nanoTime;
        told = nanoTime.getAsLong();
    }

    /** So much more will be sent. */
    synchronized void expect(long size) {
        begun++;
        expected += size;
    }

    synchronized void layerDone() {
        done++;
    }

    @Override
    public synchronized void accept(long more) {
        bytes += more;
        long now = nanoTime.getAsLong();
        if (now - told >= INTERVAL_NANOS) {
            told = now;
            int known = Math.max(layers, Math.max(done, begun));
            listener.on(new EngineEvent.Transfer("push", name, done, known, bytes, Math.max(bytes, expected)));
        }
    }
}
