package io.jenkins.plugins.containerbuild.engine.build;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a build's events reaches the listener, by the kind of progress that was asked for; the same for every builder.
 * Sums the build up at its end.
 */
public final class BuildLog implements EngineListener {

    /** Lines of a step's output that are kept for the case that it fails, where they are not told at once. */
    private static final int KEPT_LINES = 1000;

    private final ProgressMode mode;
    private final EngineListener listener;
    private final Map<String, Deque<String>> kept = new HashMap<>();
    private final List<EngineEvent.SummaryStep> steps = new ArrayList<>();
    private EngineEvent.ContextSent sent = new EngineEvent.ContextSent(0, 0, false);

    /**
     * @param mode what is wanted
     * @param listener told of it
     */
    public BuildLog(ProgressMode mode, EngineListener listener) {
        this.mode = mode;
        this.listener = listener;
    }

    @Override
    public synchronized void on(EngineEvent event) {
        remember(event);
        if (mode == ProgressMode.COMPACT) {
            tellWhatFailed(event);
        }
        if (isWanted(event)) {
            listener.on(event);
        }
    }

    private void remember(EngineEvent event) {
        if (event instanceof EngineEvent.StepFinished step) {
            steps.add(new EngineEvent.SummaryStep(
                    numbered(step.index(), step.total(), step.name()),
                    step.cached(),
                    false,
                    step.duration(),
                    step.bytes()));
        } else if (event instanceof EngineEvent.StepFailed step) {
            steps.add(new EngineEvent.SummaryStep(
                    numbered(step.index(), step.total(), step.name()), false, true, step.duration(), 0));
        } else if (event instanceof EngineEvent.ContextSent context) {
            sent = context;
        }
    }

    private static String numbered(int index, int total, String name) {
        return index == 0 ? name : "[" + index + (total == 0 ? "" : "/" + total) + "] " + name;
    }

    /** A step's lines are told only once it has failed. */
    private void tellWhatFailed(EngineEvent event) {
        if (event instanceof EngineEvent.StepOutput output) {
            Deque<String> lines = kept.computeIfAbsent(output.step(), step -> new ArrayDeque<>());
            if (lines.size() == KEPT_LINES) {
                lines.removeFirst();
            }
            lines.addLast(output.line());
        } else if (event instanceof EngineEvent.StepFinished step) {
            kept.remove(step.name());
        } else if (event instanceof EngineEvent.StepFailed step) {
            Deque<String> lines = kept.remove(step.name());
            if (lines != null) {
                lines.forEach(line -> listener.on(new EngineEvent.StepOutput(step.name(), "", line)));
            }
        }
    }

    private boolean isWanted(EngineEvent event) {
        return switch (mode) {
            case PLAIN -> true;
            case COMPACT -> !isInBetween(event);
            case QUIET -> !isInBetween(event) && !isStep(event) && !(event instanceof EngineEvent.Note);
            case RAWJSON -> !isInBetween(event) && !isStep(event) && !(event instanceof EngineEvent.DockerfileWarning);
        };
    }

    private static boolean isInBetween(EngineEvent event) {
        return event instanceof EngineEvent.StepStarted
                || event instanceof EngineEvent.StepOutput
                || event instanceof EngineEvent.StepProgress
                || event instanceof EngineEvent.ContextSent
                || event instanceof EngineEvent.Transfer;
    }

    private static boolean isStep(EngineEvent event) {
        return event instanceof EngineEvent.StepFinished
                || event instanceof EngineEvent.StepFailed
                || event instanceof EngineEvent.BuildSummary;
    }

    /**
     * The build has ended, well or not.
     *
     * @param duration of the whole build
     */
    public synchronized void end(Duration duration) {
        on(new EngineEvent.BuildSummary(steps, duration, sent.files(), sent.bytes(), sent.largest()));
    }
}
