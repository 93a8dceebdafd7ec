package io.jenkins.plugins.containerbuild.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferLogTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final List<EngineEvent> events = new ArrayList<>();
    private long now;
    private final TransferLog log = new TransferLog("push", "r.example/app:1", events::add, () -> now);

    private void read(String json) throws Exception {
        log.read(new ObjectMapper().readTree(json));
    }

    @Test
    void takesTheDigestFromTheDataOfAPush() throws Exception {
        read("{\"status\":\"1: digest: " + DIGEST + " size: 528\"}");
        read("{\"progressDetail\":{},\"aux\":{\"Tag\":\"1\",\"Digest\":\"" + DIGEST + "\",\"Size\":528}}");

        assertThat(log.digest()).hasToString(DIGEST);
    }

    @Test
    void takesTheDigestFromTheWordsOfAPull() throws Exception {
        read("{\"status\":\"Digest: " + DIGEST + "\"}");

        assertThat(log.digest()).hasToString(DIGEST);
    }

    @Test
    void doesNotTakeALayersDigestForTheImages() throws Exception {
        read("{\"status\":\"Verifying Checksum " + DIGEST + "\",\"id\":\"a\"}");

        assertThat(log.digest()).isNull();
    }

    @Test
    void countsTheLayersThatAreThere() throws Exception {
        read("{\"status\":\"Pushing\",\"id\":\"a\"}");
        read("{\"status\":\"Pushed\",\"id\":\"b\"}");
        read("{\"status\":\"Layer already exists\",\"id\":\"c\"}");

        assertThat(log.layersDone()).isEqualTo(2);
    }

    @Test
    void remembersTheError() throws Exception {
        read("{\"errorDetail\":{\"message\":\"denied: no\"},\"error\":\"denied\"}");

        assertThat(log.error()).isEqualTo("denied: no");
    }

    @Test
    void tellsOfProgressAFewTimesAMinuteOnly() throws Exception {
        for (int i = 0; i < 100; i++) {
            now += 100_000_000L;
            read("{\"status\":\"Pushing\",\"id\":\"a\",\"progressDetail\":{\"current\":" + i + ",\"total\":100}}");
        }
        read("{\"status\":\"Layer already exists\",\"id\":\"b\"}");

        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(EngineEvent.Transfer.class));
        assertThat((EngineEvent.Transfer) events.get(1))
                .returns("r.example/app:1", EngineEvent.Transfer::reference)
                .returns(1, EngineEvent.Transfer::layers)
                .returns(100L, EngineEvent.Transfer::totalBytes);
    }

    @Test
    void tellsOnceOfADaemonsOwnRetry() throws Exception {
        for (int left = 5; left > 0; left--) {
            read("{\"status\":\"Retrying in " + left + " seconds\",\"id\":\"a\"}");
        }
        read("{\"status\":\"Retrying in 10 seconds\",\"id\":\"a\"}");

        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isEqualTo(new EngineEvent.Note("The daemon tries layer a again in 5 s"));
    }
}
