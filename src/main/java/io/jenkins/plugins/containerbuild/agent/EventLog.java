package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.console.LineNotes;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.PrintStream;

/** Writes what the engine does into the build's log, with notes for its console; the engine has hidden the secrets. */
final class EventLog implements EngineListener {

    private final PrintStream out;
    private final LineNotes notes;

    EventLog(PrintStream out, LineNotes notes) {
        this.out = out;
        this.notes = notes;
    }

    @Override
    public void on(EngineEvent event) {
        notes.lines(event).forEach(out::println);
    }

    /**
     * Sends off what other threads wrote. Remoting hands the answer of a call over only after what the call's own thread
     * has sent, so this is for that thread.
     */
    void flush() {
        out.flush();
    }
}
