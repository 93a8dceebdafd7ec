package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Position;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Range;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SourceInfo;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildProgressTest {

    private final List<EngineEvent> events = new ArrayList<>();
    private final BuildProgress progress =
            new BuildProgress(events::add, new ArgumentMask(Map.of("TOKEN", "hunter2", "V", "1")));

    private static Timestamp at(int seconds) {
        return Timestamp.newBuilder().setSeconds(1_000_000 + seconds).build();
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

        assertThat(lines()).containsExactly("[2/3] RUN make", "one", "two", "last", "[2/3] RUN make: done, 3.0 s");
        assertThat(progress.steps()).containsExactly(new BuildStep("[2/3] RUN make", false, Duration.ofSeconds(3)));
    }

    @Test
    void tellsACachedStepOnce() {
        Vertex.Builder cached =
                vertex("a", "[1/2] FROM base").setCached(true).setStarted(at(0)).setCompleted(at(0));
        on(cached);
        on(cached);

        assertThat(lines()).containsExactly("[1/2] FROM base", "[1/2] FROM base: CACHED");
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

        assertThat(lines()).containsExactly("exporting to image: done, 9.0 s");
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
    }

    @Test
    void putsTheNamesOfBuildArgumentsBack() {
        on(vertex("a", "[1/1] RUN login hunter2").setStarted(at(0)));

        assertThat(lines()).containsExactly("[1/1] RUN login $TOKEN");
    }

    @Test
    void handsOnWarningsWithTheirPlace() {
        progress.on(StatusResponse.newBuilder()
                .addWarnings(VertexWarning.newBuilder()
                        .setShort(ByteString.copyFromUtf8("JSON arguments recommended"))
                        .addDetail(ByteString.copyFromUtf8("to prevent surprises"))
                        .setInfo(SourceInfo.newBuilder().setFilename("Dockerfile"))
                        .addRanges(Range.newBuilder()
                                .setStart(Position.newBuilder().setLine(4))))
                .build());

        assertThat(lines()).containsExactly("WARNING: JSON arguments recommended (Dockerfile:4): to prevent surprises");
    }

    @Test
    void doesNotGrowWithALineThatNeverEnds() {
        on(vertex("a", "[2/3] RUN yes").setStarted(at(0)));
        log("a", "y".repeat(200_000));

        assertThat(lines()).hasSize(4).allMatch(line -> line.length() <= 64 * 1024);
    }
}
