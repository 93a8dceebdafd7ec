package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the stream in which BuildKit tells of its work, and turns it into events and steps. Instructions are told when
 * they begin and end, what else takes longer than a second when it has ended. Lines of output carry their step's number
 * while several steps run.
 */
public final class BuildProgress {

    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final EngineListener listener;
    private final ArgumentMask mask;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<BuildStep> ended = new ArrayList<>();
    private final List<BuildWarning> warnings = new ArrayList<>();

    /**
     * @param listener told what happens, on the thread that reads the stream
     * @param mask for the names of steps
     */
    public BuildProgress(EngineListener listener, ArgumentMask mask) {
        this.listener = listener;
        this.mask = mask;
    }

    /** The next piece of the stream. */
    public synchronized void on(StatusResponse piece) {
        for (Vertex vertex : piece.getVertexesList()) {
            begin(vertex);
        }
        for (VertexLog log : piece.getLogsList()) {
            Step step = steps.get(log.getVertex());
            if (step != null) {
                step.lines().add(log.getMsg().toByteArray(), line -> output(step, line));
            }
        }
        for (VertexWarning warning : piece.getWarningsList()) {
            warnings.add(read(warning));
            listener.on(new EngineEvent.Warning(text(warning)));
        }
        // A step's last lines come in the same piece as its end.
        for (Vertex vertex : piece.getVertexesList()) {
            finish(steps.get(vertex.getDigest()));
        }
    }

    private void begin(Vertex vertex) {
        Step step = steps.computeIfAbsent(vertex.getDigest(), digest -> new Step(mask.apply(vertex.getName())));
        boolean completedBefore = step.completed();
        step.update(vertex);
        if (!completedBefore && step.name().instruction() && (step.running() || step.completed()) && step.announce()) {
            listener.on(new EngineEvent.StepStarted(0, 0, step.name().text()));
        }
    }

    private void output(Step step, String line) {
        long running = steps.values().stream()
                .filter(other -> other.running() && other.name().instruction())
                .count();
        listener.on(new EngineEvent.StepOutput(running > 1 ? step.name().prefix() + ' ' + line : line));
    }

    private void finish(Step step) {
        if (!step.completed() || !step.finish()) {
            return;
        }
        step.lines().end(line -> output(step, line));
        if (step.failed()) {
            return;
        }
        String name = step.name().text();
        boolean telling = step.name().instruction() || step.duration().compareTo(WORTH_TELLING) > 0;
        if (telling) {
            listener.on(new EngineEvent.StepFinished(0, 0, name, step.cached(), step.duration()));
        }
        if (step.name().instruction()) {
            ended.add(new BuildStep(name, step.cached(), step.duration()));
        }
    }

    private static BuildWarning read(VertexWarning warning) {
        return new BuildWarning(
                warning.getShort().toStringUtf8().strip(),
                warning.hasInfo() ? warning.getInfo().getFilename() : null,
                warning.getRangesList().isEmpty()
                        ? 0
                        : warning.getRanges(0).getStart().getLine(),
                warning.getUrl().isEmpty() ? null : warning.getUrl());
    }

    private static String text(VertexWarning warning) {
        String where = warning.getRangesList().isEmpty() || !warning.hasInfo()
                ? ""
                : " (" + warning.getInfo().getFilename() + ":"
                        + warning.getRanges(0).getStart().getLine() + ")";
        String detail = warning.getDetailList().stream()
                .map(line -> line.toStringUtf8().strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return warning.getShort().toStringUtf8().strip() + where + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** A text of the daemon's without the values of build arguments. */
    public String masked(String text) {
        return mask.apply(text);
    }

    /** The instructions that ended well, in the order in which they did. */
    public synchronized List<BuildStep> steps() {
        return List.copyOf(ended);
    }

    /** What the daemon found in the Dockerfile, in the order in which it told. */
    public synchronized List<BuildWarning> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * What failed.
     *
     * @param digest by which the daemon's error names it, or null where that names none
     */
    public synchronized Optional<FailedStep> failed(String digest) {
        Step named = digest == null ? null : steps.get(digest);
        return Optional.ofNullable(named)
                .or(() -> steps.values().stream()
                        .filter(step -> !step.error().isEmpty())
                        .findFirst())
                .map(step -> new FailedStep(
                        step.name().text(),
                        mask.apply(step.error()),
                        step.lines().lastLines()));
    }
}
