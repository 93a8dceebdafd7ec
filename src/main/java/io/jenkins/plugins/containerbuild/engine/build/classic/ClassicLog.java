package io.jenkins.plugins.containerbuild.engine.build.classic;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the classic builder's stream: JSON objects with pieces of text, in which steps announce themselves
 * ({@code Step 2/5 : RUN make}; podman writes {@code STEP 2/5: RUN make}), the image's id as data at the end, and the
 * error that ended the build.
 */
final class ClassicLog {

    static final int LAST_LINES = 30;

    private static final int LONGEST_LINE = 64 * 1024;
    private static final Pattern STEP = Pattern.compile("(?:Step|STEP) (\\d{1,6})/(\\d{1,6}) ?: (.*)");
    private static final String PODMANS = "STEP ";
    private static final Pattern CACHED = Pattern.compile(" ?---?> Using cache.*");
    private static final Pattern RUNNING = Pattern.compile(" ?---> Running in [0-9a-f]{12}");
    private static final Pattern BOOKKEEPING = Pattern.compile(
            " ?---> [0-9a-f]{12}|-?-> [0-9a-f]{12,64}|(?: ---> )?Remov(?:ing|ed) intermediate container .*|[0-9a-f]{64}"
                    + "|Successfully (?:built|tagged) .*|COMMIT( .*)?");
    /** The daemon paints what was written to standard error, and resets the colour on the next line. */
    private static final Pattern DAEMONS_COLOURS = Pattern.compile("\u001b\\[(?:91|0)m");

    private static final Pattern IMAGE_ID = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");

    private record Running(int index, int total, String name, long startNanos, Instant started) {}

    private final EngineListener listener;
    private final LongSupplier nanoTime;
    private final StringBuilder pending = new StringBuilder();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final List<BuildStep> steps = new ArrayList<>();
    private Running running;
    private boolean announced;
    private boolean cached;
    private Digest imageId;
    private String lastLine = "";
    private String error;

    ClassicLog(EngineListener listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    void read(JsonNode object) {
        String message = object.path("errorDetail")
                .path("message")
                .asText(object.path("error").asText(""));
        if (!message.isEmpty()) {
            flush();
            error = message.strip();
            failStep();
            return;
        }
        Matcher id = IMAGE_ID.matcher(object.path("aux").path("ID").asText(""));
        if (id.matches()) {
            imageId = Digest.parse("sha256:" + id.group(1));
        }
        text(object.path("stream").asText(""));
        if (object.path("id").isMissingNode()) {
            text(line(object.path("status").asText("")));
        } else {
            // With an id it is the progress of a base image's layer.
            announce();
        }
    }

    private static String line(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + '\n';
    }

    private void text(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == '\n' || pending.length() >= LONGEST_LINE) {
                flush();
            }
            if (c != '\n' && c != '\r') {
                pending.append(c);
            }
        }
    }

    private void flush() {
        if (pending.length() > 0) {
            String line = DAEMONS_COLOURS.matcher(pending).replaceAll("");
            pending.setLength(0);
            line(line, STEP.matcher(line));
        }
    }

    private void line(String line, Matcher step) {
        lastLine = line;
        if (step.matches()) {
            finishStep();
            running = new Running(
                    Integer.parseInt(step.group(1)),
                    Integer.parseInt(step.group(2)),
                    step.group(3),
                    nanoTime.getAsLong(),
                    Instant.now());
            announced = false;
            if (line.startsWith(PODMANS)) {
                // Docker says by the next line whether the step runs at all.
                announce();
            }
        } else if (CACHED.matcher(line).matches()) {
            cached = true;
        } else if (RUNNING.matcher(line).matches()) {
            announce();
        } else if (!BOOKKEEPING.matcher(line).matches()) {
            output(line);
        }
    }

    private void output(String line) {
        if (lastLines.size() == LAST_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(line);
        announce();
        listener.on(new EngineEvent.StepOutput(running == null ? "" : running.name(), "", line));
    }

    private void announce() {
        if (running != null && !announced) {
            announced = true;
            listener.on(new EngineEvent.StepStarted(running.index(), running.total(), running.name()));
        }
    }

    private void failStep() {
        if (running != null) {
            listener.on(new EngineEvent.StepFailed(running.index(), running.total(), running.name(), elapsed()));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - running.startNanos());
    }

    private void finishStep() {
        if (running != null) {
            Duration duration = elapsed();
            steps.add(new BuildStep(running.name(), cached, running.started(), duration));
            listener.on(
                    new EngineEvent.StepFinished(running.index(), running.total(), running.name(), cached, duration));
        }
        running = null;
        cached = false;
    }

    /** To be called when the stream has ended. */
    void end() {
        flush();
        if (error != null) {
            // The step that was running is the one that failed.
            return;
        }
        finishStep();
        Matcher id = IMAGE_ID.matcher(lastLine);
        if (imageId == null && id.matches()) {
            // Podman's last line is the id.
            imageId = Digest.parse("sha256:" + id.group(1));
        }
    }

    /** The image, or null when the daemon named none. */
    Digest imageId() {
        return imageId;
    }

    /** The steps that ended. */
    List<BuildStep> steps() {
        return List.copyOf(steps);
    }

    /** The error that ended the build, or null. */
    String error() {
        return error;
    }

    /** The instruction that was running last, or null. */
    String runningInstruction() {
        return running == null ? null : running.name();
    }

    /** The last lines of output. */
    List<String> lastLines() {
        return List.copyOf(lastLines);
    }
}
