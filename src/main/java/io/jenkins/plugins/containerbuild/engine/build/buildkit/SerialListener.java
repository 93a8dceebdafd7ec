package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;

/** Lets the threads of a build tell their events one at a time, and no more once the build is over. */
final class SerialListener implements EngineListener, AutoCloseable {

    private final EngineListener listener;
    private boolean closed;

    SerialListener(EngineListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void on(EngineEvent event) {
        if (!closed) {
            listener.on(event);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
