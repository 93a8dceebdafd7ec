package io.jenkins.plugins.containerbuild.engine.build.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.build.BuildStep;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassicLogTest {

    private static final String ID = "cd".repeat(32);

    private final ObjectMapper json = new ObjectMapper();
    private final List<EngineEvent> events = new ArrayList<>();
    private long now;
    private final ClassicLog log = new ClassicLog(events::add, () -> now);

    private void stream(String text) {
        log.read(json.createObjectNode().put("stream", text));
    }

    @Test
    void readsStepsWithTimesAndCacheHits() {
        stream("Step 1/2 : FROM base:1\n");
        stream(" ---> 0123456789ab\n");
        now += 1_000_000_000L;
        stream("Step 2/2 : RUN make");
        stream("\n");
        stream(" ---> Using cache\n ---> 0123456789ab\n");
        now += 2_000_000_000L;
        stream("Successfully built 0123456789ab\n");
        log.end();

        assertThat(log.steps())
                .extracting(BuildStep::name, BuildStep::cached, BuildStep::duration)
                .containsExactly(
                        tuple("FROM base:1", false, Duration.ofSeconds(1)),
                        tuple("RUN make", true, Duration.ofSeconds(2)));
        assertThat(log.steps())
                .allSatisfy(step ->
                        assertThat(step.ended()).isEqualTo(step.started().plus(step.duration())));
        assertThat(events)
                .noneMatch(EngineEvent.StepOutput.class::isInstance)
                .noneMatch(EngineEvent.StepStarted.class::isInstance)
                .contains(new EngineEvent.StepFinished(2, 2, "RUN make", true, Duration.ofSeconds(2)));
    }

    @Test
    void tellsOfAStepOnceItRuns() {
        stream("Step 1/1 : RUN make\n");
        assertThat(events).isEmpty();
        stream(" ---> Running in 0123456789ab\n");

        assertThat(events).containsExactly(new EngineEvent.StepStarted(1, 1, "RUN make"));
    }

    @Test
    void readsPodmansSpelling() {
        stream("STEP 1/1: RUN make\n");
        stream("hello\n");
        stream("COMMIT localhost/x\n");
        stream("--> " + ID + "\n");
        stream(ID + "\n");
        log.end();

        assertThat(log.steps()).extracting(BuildStep::name).containsExactly("RUN make");
        assertThat(log.imageId()).hasToString("sha256:" + ID);
        assertThat(events)
                .startsWith(
                        new EngineEvent.StepStarted(1, 1, "RUN make"),
                        new EngineEvent.StepOutput("RUN make", "", "hello"));
    }

    @Test
    void takesTheImageIdFromData() {
        ObjectNode object = json.createObjectNode();
        object.putObject("aux").put("ID", "sha256:" + ID);
        log.read(object);
        log.end();

        assertThat(log.imageId()).hasToString("sha256:" + ID);
    }

    @Test
    void joinsPiecesIntoLinesAndDropsCarriageReturns() {
        stream("half");
        stream(" and half\r\nnext\n");
        log.end();

        assertThat(events)
                .containsExactly(new EngineEvent.StepOutput("half and half"), new EngineEvent.StepOutput("next"));
    }

    @Test
    void keepsTheFailingInstructionAndTheLastThirtyLines() {
        stream("Step 1/1 : RUN make\n");
        for (int i = 1; i <= 40; i++) {
            stream("line " + i + "\n");
        }
        ObjectNode object = json.createObjectNode();
        object.putObject("errorDetail").put("message", "The command returned a non-zero code: 2");
        log.read(object);
        log.end();

        assertThat(log.steps()).isEmpty();
        assertThat(events).last().isEqualTo(new EngineEvent.StepFailed(1, 1, "RUN make", Duration.ZERO));
        assertThat(log.error()).isEqualTo("The command returned a non-zero code: 2");
        assertThat(log.runningInstruction()).isEqualTo("RUN make");
        assertThat(log.lastLines()).hasSize(30).startsWith("line 11").endsWith("line 40");
    }

    @Test
    void takesTheDaemonsPaintOffStandardError() {
        stream("\u001b[91moops\n");
        stream("\u001b[0mRemoving intermediate container 0123456789ab\n");
        stream("\u001b[0m ---> Removed intermediate container 0123456789ab\n");
        log.end();

        assertThat(events).containsExactly(new EngineEvent.StepOutput("oops"));
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        stream("x".repeat(300_000));
        log.end();

        assertThat(events)
                .hasSizeGreaterThan(3)
                .allSatisfy(event -> assertThat(
                                ((EngineEvent.StepOutput) event).line().length())
                        .isLessThanOrEqualTo(64 * 1024));
    }
}
