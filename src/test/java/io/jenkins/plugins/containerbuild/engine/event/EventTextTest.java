package io.jenkins.plugins.containerbuild.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {

    @Test
    void everyKindOfEventHasWords() {
        assertThat(EngineEvent.class.getPermittedSubclasses()).hasSize(19);
        assertThat(EventText.of(new EngineEvent.Connected("unix:///x", "Docker Engine", "20.10", "1.41")))
                .isEqualTo("Using the Docker Engine 20.10 at unix:///x (API 1.41)");
        assertThat(EventText.of(new EngineEvent.FileTransfer(
                        EngineEvent.FileTransfer.Action.COPY, "out to m2:/", 2, 1_000_000, true)))
                .isEqualTo("Copied out to m2:/: 2 files, 1.0 MB");
        assertThat(EventText.of(new EngineEvent.Note("n"))).isEqualTo("n");
        assertThat(EventText.of(new EngineEvent.Warning("w"))).isEqualTo("WARNING: w");
        assertThat(EventText.of(new EngineEvent.StepStarted(1, 2, "RUN make"))).isEqualTo("[1/2] RUN make");
        assertThat(EventText.of(new EngineEvent.StepOutput("o"))).isEqualTo("o");
        assertThat(EventText.of(new EngineEvent.StepFinished(1, 2, "RUN make", true, Duration.ZERO)))
                .isEqualTo("[1/2] RUN make  CACHED");
        assertThat(EventText.of(new EngineEvent.StepFinished(1, 2, "RUN make", false, Duration.ofMillis(1234))))
                .isEqualTo("[1/2] RUN make  1.2 s");
        assertThat(EventText.of(
                        new EngineEvent.StepFinished(0, 0, "[1/1] FROM a", false, Duration.ofSeconds(3), 80_000_000)))
                .isEqualTo("[1/1] FROM a  3.0 s, 80.0 MB");
        assertThat(EventText.of(new EngineEvent.StepFailed(1, 2, "RUN make", Duration.ofSeconds(3))))
                .isEqualTo("[1/2] RUN make  FAILED after 3.0 s");
        assertThat(EventText.of(new EngineEvent.StepOutput("[1/2] RUN make", "[1/2]", "o")))
                .isEqualTo("[1/2] o");
        assertThat(EventText.of(new EngineEvent.StepProgress("[1/2] FROM a", 1_000_000, 80_000_000)))
                .isEqualTo("[1/2] FROM a: 1.0 MB of 80.0 MB");
        assertThat(EventText.of(
                        new EngineEvent.DockerfileWarning("FromAsCasing", "casing", "Dockerfile", 3, "https://x")))
                .isEqualTo("WARNING: FromAsCasing: casing (Dockerfile:3) https://x");
        assertThat(EventText.of(new EngineEvent.DockerfileWarning(null, "old", null, 0, null)))
                .isEqualTo("WARNING: old");
        assertThat(EventText.of(new EngineEvent.RawProgress(
                        Map.of("logs", List.of(Map.of("data", new EngineEvent.Encoded("hello")))))))
                .isEqualTo("{\"logs\":[{\"data\":\"aGVsbG8=\"}]}");
        assertThat(EventText.of(new EngineEvent.DockerfileAnswered("targets", List.of("TARGET", "one\rtwo"))))
                .isEqualTo("TARGET\none two");
        assertThat(EventText.of(new EngineEvent.ContextSent(1, 2_000_000, true)))
                .isEqualTo("Sent the build context: 1 file, 2.0 MB");
        assertThat(EventText.of(new EngineEvent.Transfer("push", "r/a:1", 1, 3, 10, 1000)))
                .isEqualTo("push r/a:1: 1 of 3 layers done, 10 B of 1.0 kB under way");
        assertThat(EventText.of(new EngineEvent.Retry("push r/a:1", 1, 5, Duration.ofSeconds(2), "EOF")))
                .isEqualTo("WARNING: attempt 1 of 5 to push r/a:1 failed: EOF; next attempt in 2.0 s");
        assertThat(EventText.of(new EngineEvent.Tagged("sha256:1", "a:1"))).isEqualTo("Tagged sha256:1 as a:1");
        assertThat(EventText.of(new EngineEvent.Pushed("r/a:1", "sha256:2"))).isEqualTo("Pushed r/a:1@sha256:2");
        assertThat(EventText.of(new EngineEvent.Pulled("r/a:1", "sha256:1"))).isEqualTo("Pulled r/a:1 (sha256:1)");
    }

    @Test
    void aBuildCannotForgeOtherLinesOfTheLog() {
        assertThat(EventText.of(new EngineEvent.StepOutput("a\u0008b\nc\u0000d\te")))
                .isEqualTo("a b c d\te");
    }

    private static EngineEvent.SummaryStep step(String name, int seconds) {
        return new EngineEvent.SummaryStep(
                name, seconds == 0, false, Duration.ofSeconds(seconds), seconds * 1_000_000L);
    }

    @Test
    void sumsUpWhereTheTimeWent() {
        assertThat(EventText.of(new EngineEvent.BuildSummary(
                        List.of(
                                step("[1/3] FROM base", 0),
                                step("[2/3] RUN make", 12),
                                new EngineEvent.SummaryStep("[3/3] RUN check", false, true, Duration.ofSeconds(1), 0)),
                        Duration.ofMillis(13_300),
                        12,
                        20_000_000,
                        List.of(new EngineEvent.DirectoryBytes("target", 15_000_000)))))
                .isEqualTo("""
                        Summary: 13.3 s, 3 steps, 1 cached
                          [1/3] FROM base                                                  CACHED
                          [2/3] RUN make                                                   12.0 s    12.0 MB
                          [3/3] RUN check                                                  FAILED
                          context, 12 files                                                          20.0 MB
                          largest directories of the context: target 15.0 MB""");
    }

    @Test
    void hasNothingToSumUpAfterAQuickBuild() {
        assertThat(EventText.of(new EngineEvent.BuildSummary(
                        List.of(step("[1/2] FROM base", 0), step("[2/2] RUN make", 0)),
                        Duration.ofMillis(300),
                        2,
                        100,
                        List.of(new EngineEvent.DirectoryBytes("src", 90)))))
                .isNull();
    }

    @Test
    void sumsUpTheLongestStepsOfMany() {
        List<EngineEvent.SummaryStep> steps = IntStream.range(0, 30)
                .mapToObj(i -> step("[" + i + "/30] RUN x", i))
                .toList();

        assertThat(EventText.of(new EngineEvent.BuildSummary(steps, Duration.ofSeconds(400), 0, 0, List.of())))
                .contains("  [20/30] RUN x", "  [29/30] RUN x", "\n  and 20 quicker steps")
                .doesNotContain("[19/30]");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1500, 1.5 kB", "999960, 1.0 MB", "5000000000, 5.0 GB"})
    void showsBytesInDecimalUnits(long bytes, String text) {
        assertThat(EventText.bytes(bytes)).isEqualTo(text);
    }
}
