package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexStatus;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the stream in which BuildKit tells of its work, and turns it into events and steps. An instruction is told when it
 * prints something or has run for a second, and when it has ended; what else the daemon does only when it took longer
 * than a second. Lines of output carry their step's number while several steps run.
 */
public final class BuildProgress {

    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final EngineListener listener;
    private final ArgumentMask mask;
    private final LongSupplier clock;
    private final Consumer<StatusResponse> raw;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, BuildStep> ended = new LinkedHashMap<>();
    private final Set<BuildWarning> warnings = new LinkedHashSet<>();

    /**
     * @param listener told what happens, on the threads that call {@link #on}, {@link #tick} and {@link #end}
     * @param mask for the names of steps
     */
    public BuildProgress(EngineListener listener, ArgumentMask mask) {
        this(listener, mask, System::nanoTime, piece -> {});
    }

    BuildProgress(EngineListener listener, ArgumentMask mask, LongSupplier clock, Consumer<StatusResponse> raw) {
        this.listener = listener;
        this.mask = mask;
        this.clock = clock;
        this.raw = raw;
    }

    /** The same, which also hands the stream on as it is. */
    public static BuildProgress withJson(EngineListener listener, ArgumentMask mask) {
        SolveStatusJson json = new SolveStatusJson(listener, mask);
        return new BuildProgress(listener, mask, System::nanoTime, json::on);
    }

    /** The next piece of the stream. */
    public synchronized void on(StatusResponse piece) {
        raw.accept(piece);
        long now = clock.getAsLong();
        for (Vertex vertex : piece.getVertexesList()) {
            steps.computeIfAbsent(vertex.getDigest(), digest -> new Step(mask.apply(vertex.getName())))
                    .update(vertex, now);
            if (vertex.hasStarted()) {
                vertex.getInputsList().stream()
                        .filter(steps::containsKey)
                        .map(steps::get)
                        .forEach(Step::isNeeded);
            }
        }
        for (VertexStatus status : piece.getStatusesList()) {
            Step step = steps.get(status.getVertex());
            if (step != null) {
                step.moved().update(status, now);
            }
        }
        for (VertexLog log : piece.getLogsList()) {
            Step step = steps.get(log.getVertex());
            if (step != null) {
                step.lines().add(log.getMsg().toByteArray(), line -> output(step, line));
            }
        }
        piece.getWarningsList().forEach(this::warn);
        tell(now);
    }

    /** To be called several times a second: tells what lasts, also while the daemon says nothing. */
    public synchronized void tick() {
        tell(clock.getAsLong());
    }

    /**
     * The build is over: what has ended will not be taken up again.
     *
     * @param well whether it went well; then what has begun has also ended, whether or not the daemon had the time to say so
     */
    public synchronized void end(boolean well) {
        steps.forEach((digest, step) -> {
            if (!step.isTold() && (well ? step.hasBegun() : step.hasEnded())) {
                finish(digest, step);
            }
        });
    }

    private void tell(long now) {
        steps.forEach((digest, step) -> {
            if (step.isTold()) {
                return;
            }
            if (step.isOver(now)) {
                finish(digest, step);
            } else if (step.isLasting(now)) {
                announce(step);
                step.moved()
                        .due(now)
                        .ifPresent(amount -> listener.on(
                                new EngineEvent.StepProgress(step.name().text(), amount.bytes(), amount.total())));
            }
        });
    }

    private void announce(Step step) {
        if (step.name().instruction() && step.announce()) {
            listener.on(new EngineEvent.StepStarted(0, 0, step.name().text()));
        }
    }

    private void output(Step step, String line) {
        announce(step);
        long running = steps.values().stream()
                .filter(other -> other.running() && other.name().instruction())
                .count();
        String prefix = running > 1 ? step.name().prefix() : "";
        listener.on(new EngineEvent.StepOutput(step.name().text(), prefix, line));
    }

    private void finish(String digest, Step step) {
        step.setTold();
        step.lines().end(line -> output(step, line));
        String name = step.name().text();
        if (step.failed()) {
            if (!step.error().isEmpty()) {
                listener.on(new EngineEvent.StepFailed(0, 0, name, step.duration()));
            }
            return;
        }
        long bytes = step.moved().bytes();
        if (step.name().instruction() || step.duration().compareTo(WORTH_TELLING) > 0) {
            listener.on(new EngineEvent.StepFinished(0, 0, name, step.cached(), step.duration(), bytes));
        }
        if (step.name().instruction()) {
            // One that is taken up again counts once, with all its time.
            ended.remove(digest);
            ended.put(digest, new BuildStep(name, step.cached(), step.started(), step.ended(), step.duration(), bytes));
        }
    }

    private void warn(VertexWarning found) {
        BuildWarning warning = Finding.of(found, mask::apply);
        // Each platform's turn finds the same.
        if (warnings.add(warning)) {
            listener.on(new EngineEvent.DockerfileWarning(
                    warning.rule(), warning.text(), warning.file(), warning.line(), warning.url()));
        }
    }

    /** A text of the daemon's without the values of build arguments. */
    public String masked(String text) {
        return mask.apply(text);
    }

    /** Whether the daemon began to put the result where it belongs; what happened there is not undone by a failure. */
    public synchronized boolean exportBegan() {
        return steps.values().stream()
                .anyMatch(step -> step.name().text().startsWith("exporting ") && (step.running() || step.hasEnded()));
    }

    /** The instructions that ended well, in the order in which they did. */
    public synchronized List<BuildStep> steps() {
        return List.copyOf(ended.values());
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
                        step.name().instruction(),
                        mask.apply(step.error()),
                        step.lines().lastLines()));
    }
}
