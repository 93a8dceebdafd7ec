package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import java.time.Duration;
import java.time.Instant;

/** How far one piece of BuildKit's work is. */
final class Step {

    private final StepName name;
    private final LineBuffer lines = new LineBuffer();
    private Instant started;
    private Instant completed;
    private boolean cached;
    private String error = "";
    private boolean announced;
    private boolean finished;

    Step(String name) {
        this.name = StepName.of(name);
    }

    void update(Vertex vertex) {
        if (vertex.hasStarted()) {
            started = instant(vertex.getStarted());
        }
        if (vertex.hasCompleted()) {
            completed = instant(vertex.getCompleted());
        }
        cached |= vertex.getCached();
        if (!vertex.getError().isEmpty()) {
            error = vertex.getError();
        }
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    StepName name() {
        return name;
    }

    LineBuffer lines() {
        return lines;
    }

    boolean running() {
        return started != null && completed == null;
    }

    boolean completed() {
        return completed != null;
    }

    boolean cached() {
        return cached;
    }

    /** Why it failed, or an empty text. Work that others' failure ended is not a failure of its own. */
    String error() {
        return error.contains("context canceled") ? "" : error;
    }

    boolean failed() {
        return !error.isEmpty();
    }

    Duration duration() {
        if (started == null || completed == null || completed.isBefore(started)) {
            return Duration.ZERO;
        }
        return Duration.between(started, completed);
    }

    /** True for the first call only. */
    boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    /** True for the first call only. */
    boolean finish() {
        boolean first = !finished;
        finished = true;
        return first;
    }
}
