package io.jenkins.plugins.containerbuild.engine.event;

/** Hears of what happens while the engine works. Called from one thread at a time; must not block for long. */
@FunctionalInterface
public interface EngineListener {

    /** Never called with null. */
    void on(EngineEvent event);
}
