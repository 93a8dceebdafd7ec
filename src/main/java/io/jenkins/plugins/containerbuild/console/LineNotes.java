package io.jenkins.plugins.containerbuild.console;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.io.IOException;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts notes for Jenkins' console before the lines of one call of the engine. They are made and signed on the controller,
 * since Jenkins believes no others, and put where the engine runs. Only lines that people look for have one.
 */
public final class LineNotes implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String SUMMARY_ROW = "  [";

    private final Map<LineKind, String> encoded = new EnumMap<>(LineKind.class);
    private final Set<String> started = new HashSet<>();

    private LineNotes() {}

    /**
     * Makes those for one call; on the controller.
     *
     * @throws IOException when Jenkins cannot sign them
     */
    public static LineNotes forOneCall() throws IOException {
        LineNotes notes = new LineNotes();
        String call = UUID.randomUUID().toString().replace("-", "");
        for (LineKind kind : LineKind.values()) {
            notes.encoded.put(kind, new LineNote(kind, call).encode());
        }
        return notes;
    }

    /**
     * An event's lines with their notes.
     *
     * @return an empty list for events that need no words
     */
    public List<String> lines(EngineEvent event) {
        String text = EventText.of(event);
        if (text == null) {
            return List.of();
        }
        if (event instanceof EngineEvent.BuildSummary) {
            return text.lines()
                    .map(line -> (line.startsWith(SUMMARY_ROW) ? note(LineKind.ROW) : "") + line)
                    .toList();
        }
        return List.of(note(kind(event)) + text);
    }

    private String note(LineKind kind) {
        return kind == null ? "" : encoded.getOrDefault(kind, "");
    }

    private LineKind kind(EngineEvent event) {
        if (event instanceof EngineEvent.StepStarted step) {
            started.add(step.name());
            return LineKind.STARTED;
        }
        if (event instanceof EngineEvent.StepFinished step) {
            return started.remove(step.name()) ? LineKind.ENDED : LineKind.ONLY;
        }
        if (event instanceof EngineEvent.StepFailed) {
            return LineKind.FAILED;
        }
        boolean warns = event instanceof EngineEvent.Warning
                || event instanceof EngineEvent.DockerfileWarning
                || event instanceof EngineEvent.Retry;
        return warns ? LineKind.WARNING : null;
    }
}
