package io.jenkins.plugins.containerbuild.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildLogTest {

    private static final EngineEvent GOOD =
            new EngineEvent.StepFinished(1, 2, "RUN good", false, Duration.ofSeconds(1));
    private static final EngineEvent BAD = new EngineEvent.StepFailed(2, 2, "RUN bad", Duration.ofSeconds(2));
    private static final EngineEvent WARNING = new EngineEvent.Warning("careful");
    private static final EngineEvent FOUND = new EngineEvent.DockerfileWarning("Rule", "found", "Dockerfile", 1, null);
    private static final EngineEvent TAGGED = new EngineEvent.Tagged("sha256:1", "app:1");
    private static final EngineEvent RAW = new EngineEvent.RawProgress(Map.of());

    private final List<EngineEvent> told = new ArrayList<>();

    private static EngineEvent line(String step, String line) {
        return new EngineEvent.StepOutput(step, "", line);
    }

    private void build(ProgressMode mode) {
        BuildLog log = new BuildLog(mode, told::add);
        log.on(new EngineEvent.Note("noted"));
        log.on(WARNING);
        log.on(FOUND);
        log.on(new EngineEvent.StepStarted(1, 2, "RUN good"));
        log.on(line("RUN good", "fine"));
        log.on(GOOD);
        log.on(new EngineEvent.ContextSent(3, 40, true, List.of(new EngineEvent.DirectoryBytes("src", 30))));
        log.on(new EngineEvent.StepStarted(2, 2, "RUN bad"));
        log.on(line("RUN bad", "oops"));
        log.on(BAD);
        log.on(TAGGED);
        log.end(Duration.ofSeconds(4));
    }

    @Test
    void compactTellsOneLineForAStepAndWhatTheFailedOnePrinted() {
        build(ProgressMode.COMPACT);

        assertThat(told)
                .startsWith(new EngineEvent.Note("noted"), WARNING, FOUND, GOOD, line("RUN bad", "oops"), BAD, TAGGED)
                .hasSize(8);
    }

    @Test
    void compactKeepsTheEndOfALongOutput() {
        BuildLog log = new BuildLog(ProgressMode.COMPACT, told::add);
        for (int i = 0; i < 5000; i++) {
            log.on(line("RUN bad", "line " + i));
        }
        log.on(BAD);

        assertThat(told)
                .hasSize(1001)
                .startsWith(line("RUN bad", "line 4000"))
                .endsWith(line("RUN bad", "line 4999"), BAD);
    }

    @Test
    void quietTellsWarningsAndResults() {
        build(ProgressMode.QUIET);

        assertThat(told).containsExactly(WARNING, FOUND, TAGGED);
    }

    @Test
    void rawLeavesTheStepsToTheDaemonsOwnDocuments() {
        BuildLog log = new BuildLog(ProgressMode.RAWJSON, told::add);
        log.on(RAW);
        log.on(GOOD);
        log.on(FOUND);
        log.on(TAGGED);
        log.end(Duration.ofSeconds(1));

        assertThat(told).containsExactly(RAW, TAGGED);
    }

    @Test
    void plainTellsAllAndSumsUp() {
        build(ProgressMode.PLAIN);

        assertThat(told)
                .hasSize(12)
                .last()
                .isEqualTo(new EngineEvent.BuildSummary(
                        List.of(
                                new EngineEvent.SummaryStep("[1/2] RUN good", false, false, Duration.ofSeconds(1), 0),
                                new EngineEvent.SummaryStep("[2/2] RUN bad", false, true, Duration.ofSeconds(2), 0)),
                        Duration.ofSeconds(4),
                        3,
                        40,
                        List.of(new EngineEvent.DirectoryBytes("src", 30))));
    }
}
