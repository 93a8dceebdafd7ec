package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Position;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Range;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SourceInfo;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexStatus;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildProgressTest {

    private final List<EngineEvent> events = new ArrayList<>();
    private long now;
    private final BuildProgress progress = new BuildProgress(
            events::add, new ArgumentMask(Map.of("TOKEN", "hunter2", "V", "1")), () -> now, piece -> {});

    private static Timestamp at(int seconds) {
        return Timestamp.newBuilder().setSeconds(1_000_000 + seconds).build();
    }

    private static Instant moment(int seconds) {
        return Instant.ofEpochSecond(1_000_000L + seconds);
    }

    private static Vertex.Builder vertex(String digest, String name) {
        return Vertex.newBuilder().setDigest(digest).setName(name);
    }

    private void on(Vertex.Builder vertex) {
        progress.on(StatusResponse.newBuilder().addVertexes(vertex).build());
    }

    private void log(String digest, String text) {
        progress.on(StatusResponse.newBuilder()
                .addLogs(VertexLog.newBuilder().setVertex(digest).setMsg(ByteString.copyFromUtf8(text)))
                .build());
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
        progress.tick();
    }

    private List<String> lines() {
        return events.stream().map(EventText::of).toList();
    }

    @Test
    void tellsBeginOutputAndEndOfAStep() {
        on(vertex("a", "[2/3] RUN make"));
        on(vertex("a", "[2/3] RUN make").setStarted(at(0)));
        log("a", "one\ntw");
        log("a", "o\r\nlast");
        on(vertex("a", "[2/3] RUN make").setStarted(at(0)).setCompleted(at(3)));
        pass(0.5);

        assertThat(lines()).containsExactly("[2/3] RUN make", "one", "two", "last", "[2/3] RUN make  3.0 s");
        assertThat(progress.steps())
                .containsExactly(new BuildStep("[2/3] RUN make", false, moment(0), Duration.ofSeconds(3)));
    }

    @Test
    void tellsAQuickStepOnce() {
        on(vertex("a", "[2/3] COPY a b").setStarted(at(0)));
        on(vertex("a", "[2/3] COPY a b").setStarted(at(0)).setCompleted(at(0)));
        pass(0.5);

        assertThat(lines()).containsExactly("[2/3] COPY a b  0.0 s");
    }

    @Test
    void tellsOfASilentStepOnceItLasts() {
        on(vertex("a", "[2/3] RUN sleep 60").setStarted(at(0)));
        pass(0.9);
        assertThat(events).isEmpty();
        pass(0.2);
        pass(30);

        assertThat(lines()).containsExactly("[2/3] RUN sleep 60");
    }

    @Test
    void addsUpTheTurnsOfABaseImage() {
        String name = "[1/2] FROM base";
        on(vertex("a", name).setStarted(at(0)).setCompleted(at(1)));
        on(vertex("a", name).setStarted(at(1)));
        progress.on(StatusResponse.newBuilder()
                .addStatuses(VertexStatus.newBuilder()
                        .setVertex("a")
                        .setID("layer")
                        .setName("downloading")
                        .setCurrent(1_000_000)
                        .setTotal(80_000_000))
                .build());
        pass(2);
        pass(4);
        pass(4);
        progress.on(StatusResponse.newBuilder()
                .addStatuses(VertexStatus.newBuilder()
                        .setVertex("a")
                        .setID("layer")
                        .setCurrent(80_000_000)
                        .setTotal(80_000_000))
                .build());
        on(vertex("a", name).setStarted(at(1)).setCompleted(at(12)));
        on(vertex("b", "[2/2] RUN make").addInputs("a").setStarted(at(12)));

        assertThat(lines()).containsExactly(name, name + ": 1.0 MB of 80.0 MB", name + "  12.0 s, 80.0 MB");
        assertThat(progress.steps())
                .containsExactly(new BuildStep(name, false, moment(0), moment(12), Duration.ofSeconds(12), 80_000_000));
    }

    @Test
    void tellsAgainOfAStepThatIsTakenUpAgain() {
        on(vertex("a", "[1/2] FROM base").setStarted(at(0)).setCompleted(at(0)));
        pass(0.5);
        on(vertex("a", "[1/2] FROM base").setStarted(at(4)));
        on(vertex("a", "[1/2] FROM base").setStarted(at(4)).setCompleted(at(9)));
        progress.end(true);

        assertThat(lines()).containsExactly("[1/2] FROM base  0.0 s", "[1/2] FROM base  5.0 s");
        assertThat(progress.steps()).hasSize(1);
    }

    @Test
    void endsWithABuildThatWentWell() {
        on(vertex("a", "[1/2] FROM base").setStarted(at(0)));
        progress.end(false);
        assertThat(progress.steps()).isEmpty();

        progress.end(true);

        assertThat(lines()).containsExactly("[1/2] FROM base  0.0 s");
        assertThat(progress.steps()).containsExactly(new BuildStep("[1/2] FROM base", false, moment(0), Duration.ZERO));
    }

    @Test
    void hasTimesThatCanBeCountedWhateverTheDaemonSends() {
        Timestamp never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
        Timestamp always = Timestamp.newBuilder().setSeconds(Long.MIN_VALUE).build();
        on(vertex("a", "[1/2] FROM base").setStarted(always).setCompleted(never));
        progress.end(true);

        assertThat(progress.steps()).singleElement().satisfies(step -> {
            assertThat(step.started().toEpochMilli()).isNegative();
            assertThat(step.ended().toEpochMilli()).isPositive();
        });
    }

    @Test
    void tellsACachedStepOnce() {
        Vertex.Builder cached =
                vertex("a", "[1/2] FROM base").setCached(true).setStarted(at(0)).setCompleted(at(0));
        on(cached);
        on(cached);

        assertThat(lines()).containsExactly("[1/2] FROM base  CACHED");
        assertThat(progress.steps()).singleElement().matches(BuildStep::cached);
    }

    @Test
    void numbersLinesWhileSeveralStepsRun() {
        on(vertex("a", "[one 2/2] RUN a").setStarted(at(0)));
        log("a", "alone\n");
        on(vertex("b", "[two 2/2] RUN b").setStarted(at(1)));
        log("a", "together\n");
        on(vertex("a", "[one 2/2] RUN a").setStarted(at(0)).setCompleted(at(2)));
        log("b", "alone again\n");

        assertThat(lines()).contains("alone", "[one 2/2] together", "alone again");
    }

    @Test
    void tellsOfItsOwnWorkOnlyWhenThatTakesLong() {
        on(vertex("a", "[internal] load build context").setStarted(at(0)).setCompleted(at(1)));
        on(vertex("b", "exporting to image").setStarted(at(0)).setCompleted(at(9)));
        progress.end(true);

        assertThat(lines()).containsExactly("exporting to image  9.0 s");
        assertThat(progress.steps()).isEmpty();
    }

    @Test
    void keepsTheLastLinesOfTheStepThatFailed() {
        on(vertex("a", "[2/2] RUN a").setStarted(at(0)));
        for (int i = 1; i <= 40; i++) {
            log("a", "line " + i + "\n");
        }
        on(vertex("b", "[3/3] RUN b").setStarted(at(0)).setCompleted(at(1)).setError("context canceled: stopped"));
        on(vertex("a", "[2/2] RUN a").setStarted(at(0)).setCompleted(at(1)).setError("exit code: 1"));

        assertThat(progress.failed(null)).hasValueSatisfying(failed -> {
            assertThat(failed.name()).isEqualTo("[2/2] RUN a");
            assertThat(failed.error()).isEqualTo("exit code: 1");
            assertThat(failed.lastLines()).hasSize(30).startsWith("line 11").endsWith("line 40");
        });
        assertThat(progress.failed("b")).map(FailedStep::name).hasValue("[3/3] RUN b");
        assertThat(progress.steps()).isEmpty();
        assertThat(lines()).endsWith("line 40", "[2/2] RUN a  FAILED after 1.0 s");
    }

    @Test
    void putsTheNamesOfBuildArgumentsBack() {
        on(vertex("a", "[1/1] RUN login hunter2").setStarted(at(0)));
        pass(2);

        assertThat(lines()).containsExactly("[1/1] RUN login $TOKEN");
    }

    private static VertexWarning.Builder warning(String text) {
        return VertexWarning.newBuilder()
                .setShort(ByteString.copyFromUtf8(text))
                .addDetail(ByteString.copyFromUtf8("to prevent surprises"))
                .setInfo(SourceInfo.newBuilder().setFilename("Dockerfile"))
                .addRanges(Range.newBuilder().setStart(Position.newBuilder().setLine(4)));
    }

    @Test
    void handsOnWarningsWithTheirPlaceOnce() {
        VertexWarning.Builder old = warning("JSON arguments recommended");
        VertexWarning.Builder named =
                warning("JSONArgsRecommended: write JSON (line 4)").setUrl("https://docs.example/rule");
        progress.on(
                StatusResponse.newBuilder().addWarnings(old).addWarnings(named).build());
        progress.on(StatusResponse.newBuilder().addWarnings(named).build());

        assertThat(lines())
                .containsExactly(
                        "WARNING: JSON arguments recommended: to prevent surprises (Dockerfile:4)",
                        "WARNING: JSONArgsRecommended: write JSON (Dockerfile:4) https://docs.example/rule");
        assertThat(progress.warnings())
                .hasSize(2)
                .contains(new BuildWarning(
                        "JSONArgsRecommended", "write JSON", "Dockerfile", 4, "https://docs.example/rule"));
    }

    @Test
    void doesNotGrowWithALineThatNeverEnds() {
        on(vertex("a", "[2/3] RUN yes").setStarted(at(0)));
        log("a", "y".repeat(200_000));

        assertThat(lines()).hasSize(4).allMatch(line -> line.length() <= 64 * 1024);
    }
}
