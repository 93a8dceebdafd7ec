package io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.containerbuild.engine.build.context.Tally;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.ContextSent;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.DirectoryBytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncProgressTest {

    private final List<EngineEvent> events = new ArrayList<>();
    private long seconds;

    @Test
    void tellsEveryFewSecondsAndAtTheEnd() {
        SyncProgress progress = new SyncProgress(new Tally(), events::add, () -> seconds * 1_000_000_000L);
        progress.file("a/b");
        progress.bytes(10);
        seconds = 6;
        progress.bytes(10);
        progress.bytes(10);
        progress.file("c");
        progress.bytes(5);
        progress.complete();

        assertThat(events)
                .containsExactly(
                        new ContextSent(1, 20, false, List.of(new DirectoryBytes("a", 20))),
                        new ContextSent(2, 35, true, List.of(new DirectoryBytes("a", 30))));
    }
}
