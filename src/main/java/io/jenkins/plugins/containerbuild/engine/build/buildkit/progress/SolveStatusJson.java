package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Range;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexStatus;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands the stream of BuildKit's progress on as JSON, one document a piece, in the form that {@code docker build
 * --progress=rawjson} has: {@code vertexes}, {@code statuses}, {@code logs}, {@code warnings}. Output goes out in whole
 * lines, so that a masked value cannot hide in two halves.
 */
public final class SolveStatusJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EngineListener listener;
    private final ArgumentMask mask;
    private final Map<String, LineBuffer> pending = new HashMap<>();

    /**
     * @param listener told each document
     * @param mask for everything that the daemon says
     */
    public SolveStatusJson(EngineListener listener, ArgumentMask mask) {
        this.listener = listener;
        this.mask = mask;
    }

    /** The next piece of the stream. */
    public synchronized void on(StatusResponse piece) {
        ObjectNode document = MAPPER.createObjectNode();
        if (piece.getVertexesCount() > 0) {
            ArrayNode all = document.putArray("vertexes");
            piece.getVertexesList().forEach(vertex -> add(all.addObject(), vertex));
        }
        if (piece.getStatusesCount() > 0) {
            ArrayNode all = document.putArray("statuses");
            piece.getStatusesList().forEach(status -> add(all.addObject(), status));
        }
        ArrayNode logs = MAPPER.createArrayNode();
        piece.getLogsList().forEach(log -> add(logs, log));
        piece.getVertexesList().stream().filter(Vertex::hasCompleted).forEach(vertex -> addRest(logs, vertex));
        if (!logs.isEmpty()) {
            document.set("logs", logs);
        }
        if (piece.getWarningsCount() > 0) {
            ArrayNode all = document.putArray("warnings");
            piece.getWarningsList().forEach(warning -> add(all.addObject(), warning));
        }
        if (!document.isEmpty()) {
            listener.on(new EngineEvent.RawProgress(document.toString()));
        }
    }

    private void add(ObjectNode node, Vertex vertex) {
        node.put("digest", vertex.getDigest());
        if (vertex.getInputsCount() > 0) {
            ArrayNode inputs = node.putArray("inputs");
            vertex.getInputsList().forEach(inputs::add);
        }
        node.put("name", mask.apply(vertex.getName()));
        time(node, "started", vertex.hasStarted(), vertex.getStarted());
        time(node, "completed", vertex.hasCompleted(), vertex.getCompleted());
        if (vertex.getCached()) {
            node.put("cached", true);
        }
        if (!vertex.getError().isEmpty()) {
            node.put("error", mask.apply(vertex.getError()));
        }
    }

    private void add(ObjectNode node, VertexStatus status) {
        node.put("id", mask.apply(status.getID()));
        node.put("vertex", status.getVertex());
        if (!status.getName().isEmpty()) {
            node.put("name", mask.apply(status.getName()));
        }
        if (status.getTotal() != 0) {
            node.put("total", status.getTotal());
        }
        node.put("current", status.getCurrent());
        time(node, "timestamp", true, status.getTimestamp());
        time(node, "started", status.hasStarted(), status.getStarted());
        time(node, "completed", status.hasCompleted(), status.getCompleted());
    }

    private void add(ArrayNode logs, VertexLog log) {
        pending.computeIfAbsent(key(log.getVertex(), log.getStream()), key -> new LineBuffer())
                .add(
                        log.getMsg().toByteArray(),
                        line -> add(logs.addObject(), log.getVertex(), log.getStream(), log.getTimestamp(), line));
    }

    private static String key(String vertex, long stream) {
        return vertex + ' ' + stream;
    }

    private void addRest(ArrayNode logs, Vertex vertex) {
        for (long stream = 1; stream <= 2; stream++) {
            LineBuffer rest = pending.remove(key(vertex.getDigest(), stream));
            if (rest != null) {
                long number = stream;
                rest.end(line -> add(logs.addObject(), vertex.getDigest(), number, vertex.getCompleted(), line));
            }
        }
    }

    private void add(ObjectNode node, String vertex, long stream, Timestamp time, String line) {
        node.put("vertex", vertex);
        node.put("stream", stream);
        node.put("data", (mask.apply(line) + '\n').getBytes(StandardCharsets.UTF_8));
        time(node, "timestamp", true, time);
    }

    private void add(ObjectNode node, VertexWarning warning) {
        node.put("vertex", warning.getVertex());
        if (warning.getLevel() != 0) {
            node.put("level", warning.getLevel());
        }
        node.put("short", masked(warning.getShort().toStringUtf8()));
        if (warning.getDetailCount() > 0) {
            ArrayNode detail = node.putArray("detail");
            warning.getDetailList().forEach(line -> detail.add(masked(line.toStringUtf8())));
        }
        if (!warning.getUrl().isEmpty()) {
            node.put("url", warning.getUrl());
        }
        if (warning.hasInfo()) {
            node.putObject("sourceInfo")
                    .put("filename", warning.getInfo().getFilename())
                    .put("data", masked(warning.getInfo().getData().toStringUtf8()));
        }
        if (warning.getRangesCount() > 0) {
            ArrayNode ranges = node.putArray("range");
            warning.getRangesList().forEach(range -> add(ranges.addObject(), range));
        }
    }

    private byte[] masked(String text) {
        return mask.apply(text).getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ObjectNode node, Range range) {
        node.putObject("start")
                .put("line", range.getStart().getLine())
                .put("character", range.getStart().getCharacter());
        node.putObject("end")
                .put("line", range.getEnd().getLine())
                .put("character", range.getEnd().getCharacter());
    }

    private static void time(ObjectNode node, String name, boolean there, Timestamp time) {
        if (there) {
            node.put(
                    name,
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
        }
    }
}
