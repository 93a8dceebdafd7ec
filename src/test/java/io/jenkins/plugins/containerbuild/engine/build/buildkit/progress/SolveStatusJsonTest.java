package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolveStatusJsonTest {

    private static final Timestamp TIME =
            Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5_000_000).build();

    private final List<JsonNode> documents = new ArrayList<>();
    private final SolveStatusJson json = new SolveStatusJson(this::keep, new ArgumentMask(Map.of("TOKEN", "hunter2")));

    private void keep(EngineEvent event) {
        try {
            String line = EventText.of(event);
            assertThat(line).doesNotContain("\n");
            documents.add(new ObjectMapper().readTree(line));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private void log(String text) {
        json.on(StatusResponse.newBuilder()
                .addLogs(VertexLog.newBuilder()
                        .setVertex("a")
                        .setStream(1)
                        .setTimestamp(TIME)
                        .setMsg(ByteString.copyFromUtf8(text)))
                .build());
    }

    private static String data(JsonNode log) throws Exception {
        return new String(log.path("data").binaryValue(), StandardCharsets.UTF_8);
    }

    @Test
    void writesStepsAndTransfersAsTheDockerCommandDoes() {
        json.on(StatusResponse.newBuilder()
                .addVertexes(Vertex.newBuilder()
                        .setDigest("sha256:1")
                        .addInputs("sha256:0")
                        .setName("[2/2] RUN login hunter2")
                        .setStarted(TIME)
                        .setCached(true))
                .addStatuses(VertexStatus.newBuilder()
                        .setID("layer")
                        .setVertex("sha256:1")
                        .setName("downloading")
                        .setTotal(10)
                        .setTimestamp(TIME))
                .build());

        assertThat(documents)
                .singleElement()
                .hasToString("{\"vertexes\":[{\"digest\":\"sha256:1\",\"inputs\":[\"sha256:0\"],"
                        + "\"name\":\"[2/2] RUN login $TOKEN\",\"started\":\"2023-11-14T22:13:20.005Z\",\"cached\":true}],"
                        + "\"statuses\":[{\"id\":\"layer\",\"vertex\":\"sha256:1\",\"name\":\"downloading\",\"total\":10,"
                        + "\"current\":0,\"timestamp\":\"2023-11-14T22:13:20.005Z\"}]}");
    }

    @Test
    void masksWhatComesInTwoPieces() throws Exception {
        log("the token is hun");
        log("ter2\nrest");
        json.on(StatusResponse.newBuilder()
                .addVertexes(Vertex.newBuilder()
                        .setDigest("a")
                        .setName("n")
                        .setStarted(TIME)
                        .setCompleted(TIME))
                .build());

        assertThat(documents).hasSize(2);
        assertThat(data(documents.get(0).path("logs").path(0))).isEqualTo("the token is $TOKEN\n");
        assertThat(data(documents.get(1).path("logs").path(0))).isEqualTo("rest\n");
    }

    @Test
    void writesWarningsWithTheirPlace() throws Exception {
        json.on(StatusResponse.newBuilder()
                .addWarnings(VertexWarning.newBuilder()
                        .setVertex("a")
                        .setLevel(1)
                        .setShort(ByteString.copyFromUtf8("short"))
                        .addDetail(ByteString.copyFromUtf8("detail"))
                        .setUrl("https://docs.example")
                        .setInfo(SourceInfo.newBuilder()
                                .setFilename("Dockerfile")
                                .setData(ByteString.copyFromUtf8("FROM a")))
                        .addRanges(Range.newBuilder()
                                .setStart(Position.newBuilder().setLine(4))
                                .setEnd(Position.newBuilder().setLine(5))))
                .build());

        JsonNode warning = documents.get(0).path("warnings").path(0);
        assertThat(new String(warning.path("short").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("short");
        assertThat(new String(warning.path("detail").path(0).binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("detail");
        assertThat(warning.path("sourceInfo").path("filename").asText()).isEqualTo("Dockerfile");
        assertThat(warning.path("range").path(0).path("start").path("line").asInt())
                .isEqualTo(4);
    }
}
