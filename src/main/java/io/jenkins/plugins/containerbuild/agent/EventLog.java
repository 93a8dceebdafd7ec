package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.io.PrintStream;

/** Writes what the engine does into the build's log, one line for each event; the engine has hidden the secrets. */
final class EventLog implements EngineListener {

    private final PrintStream out;

    EventLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(EngineEvent event) {
        String line = EventText.of(event);
        if (line != null) {
            out.println(line);
        }
    }
}
