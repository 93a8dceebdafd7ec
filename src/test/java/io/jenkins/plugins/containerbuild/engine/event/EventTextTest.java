package io.jenkins.plugins.containerbuild.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {

    @Test
    void everyKindOfEventHasWords() {
        assertThat(EngineEvent.class.getPermittedSubclasses()).hasSize(12);
        assertThat(EventText.of(new EngineEvent.Connected("unix:///x", "Docker Engine", "20.10", "1.41")))
                .isEqualTo("Using the Docker Engine 20.10 at unix:///x (API 1.41)");
        assertThat(EventText.of(new EngineEvent.Note("n"))).isEqualTo("n");
        assertThat(EventText.of(new EngineEvent.Warning("w"))).isEqualTo("WARNING: w");
        assertThat(EventText.of(new EngineEvent.StepStarted(1, 2, "RUN make"))).isEqualTo("[1/2] RUN make");
        assertThat(EventText.of(new EngineEvent.StepOutput("o"))).isEqualTo("o");
        assertThat(EventText.of(new EngineEvent.StepFinished(1, 2, "RUN make", true, Duration.ZERO)))
                .isEqualTo("[1/2] CACHED");
        assertThat(EventText.of(new EngineEvent.StepFinished(1, 2, "RUN make", false, Duration.ofMillis(1234))))
                .isEqualTo("[1/2] done, 1.2 s");
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

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1500, 1.5 kB", "999960, 1.0 MB", "5000000000, 5.0 GB"})
    void showsBytesInDecimalUnits(long bytes, String text) {
        assertThat(EventText.bytes(bytes)).isEqualTo(text);
    }
}
