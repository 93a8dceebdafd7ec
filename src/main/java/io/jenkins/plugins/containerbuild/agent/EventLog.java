package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.io.PrintStream;

/** Writes what the engine does into the build's log, one line for each event, without the secrets. */
final class EventLog implements EngineListener {

    private final PrintStream out;
    private final SecretMask mask;

    EventLog(PrintStream out, SecretMask mask) {
        this.out = out;
        this.mask = mask;
    }

    @Override
    public void on(EngineEvent event) {
        String line = EventText.of(event);
        if (line != null) {
            out.println(mask.hide(line));
        }
    }
}
