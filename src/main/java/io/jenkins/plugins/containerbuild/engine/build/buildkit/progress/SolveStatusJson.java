package io.jenkins.plugins.containerbuild.engine.build.buildkit.progress;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Position;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Range;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.StatusResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.Vertex;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexLog;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexStatus;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.VertexWarning;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands the stream of BuildKit's progress on as JSON, one document a piece, in the form that {@code docker build
 * --progress=rawjson} has: {@code vertexes}, {@code statuses}, {@code logs}, {@code warnings}. Output goes out in whole
 * lines, so that a masked value cannot hide in two halves.
 */
public final class SolveStatusJson {

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
        Map<String, Object> document = new LinkedHashMap<>();
        put(
                document,
                "vertexes",
                piece.getVertexesList().stream().map(this::vertex).toList());
        put(
                document,
                "statuses",
                piece.getStatusesList().stream().map(this::status).toList());
        List<Object> logs = new ArrayList<>();
        piece.getLogsList().forEach(log -> add(logs, log));
        piece.getVertexesList().stream().filter(Vertex::hasCompleted).forEach(vertex -> addRest(logs, vertex));
        put(document, "logs", logs);
        put(
                document,
                "warnings",
                piece.getWarningsList().stream().map(this::warning).toList());
        if (!document.isEmpty()) {
            listener.on(new EngineEvent.RawProgress(document));
        }
    }

    private static void put(Map<String, Object> node, String name, List<?> values) {
        if (!values.isEmpty()) {
            node.put(name, values);
        }
    }

    private static void put(Map<String, Object> node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void put(Map<String, Object> node, String name, long number) {
        if (number != 0) {
            node.put(name, number);
        }
    }

    private Map<String, Object> vertex(Vertex vertex) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("digest", vertex.getDigest());
        put(node, "inputs", List.copyOf(vertex.getInputsList()));
        node.put("name", mask.apply(vertex.getName()));
        time(node, "started", vertex.hasStarted(), vertex.getStarted());
        time(node, "completed", vertex.hasCompleted(), vertex.getCompleted());
        if (vertex.getCached()) {
            node.put("cached", true);
        }
        put(node, "error", mask.apply(vertex.getError()));
        return node;
    }

    private Map<String, Object> status(VertexStatus status) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", mask.apply(status.getID()));
        node.put("vertex", status.getVertex());
        put(node, "name", mask.apply(status.getName()));
        put(node, "total", status.getTotal());
        node.put("current", status.getCurrent());
        time(node, "timestamp", true, status.getTimestamp());
        time(node, "started", status.hasStarted(), status.getStarted());
        time(node, "completed", status.hasCompleted(), status.getCompleted());
        return node;
    }

    private void add(List<Object> logs, VertexLog log) {
        pending.computeIfAbsent(key(log.getVertex(), log.getStream()), key -> new LineBuffer())
                .add(
                        log.getMsg().toByteArray(),
                        line -> logs.add(log(log.getVertex(), log.getStream(), log.getTimestamp(), line)));
    }

    private static String key(String vertex, long stream) {
        return vertex + ' ' + stream;
    }

    private void addRest(List<Object> logs, Vertex vertex) {
        for (long stream = 1; stream <= 2; stream++) {
            LineBuffer rest = pending.remove(key(vertex.getDigest(), stream));
            if (rest != null) {
                long number = stream;
                rest.end(line -> logs.add(log(vertex.getDigest(), number, vertex.getCompleted(), line)));
            }
        }
    }

    private Map<String, Object> log(String vertex, long stream, Timestamp time, String line) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("vertex", vertex);
        node.put("stream", stream);
        node.put("data", new EngineEvent.Encoded(mask.apply(line) + '\n'));
        time(node, "timestamp", true, time);
        return node;
    }

    private Map<String, Object> warning(VertexWarning warning) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("vertex", warning.getVertex());
        put(node, "level", warning.getLevel());
        node.put("short", encoded(warning.getShort()));
        put(node, "detail", warning.getDetailList().stream().map(this::encoded).toList());
        put(node, "url", warning.getUrl());
        if (warning.hasInfo()) {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("filename", warning.getInfo().getFilename());
            source.put("data", encoded(warning.getInfo().getData()));
            node.put("sourceInfo", source);
        }
        put(
                node,
                "range",
                warning.getRangesList().stream().map(SolveStatusJson::range).toList());
        return node;
    }

    private EngineEvent.Encoded encoded(ByteString text) {
        return new EngineEvent.Encoded(mask.apply(text.toStringUtf8()));
    }

    private static Map<String, Object> range(Range range) {
        return Map.of("start", position(range.getStart()), "end", position(range.getEnd()));
    }

    private static Map<String, Object> position(Position position) {
        return Map.of("line", position.getLine(), "character", position.getCharacter());
    }

    private static void time(Map<String, Object> node, String name, boolean there, Timestamp time) {
        if (there) {
            node.put(
                    name,
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
        }
    }
}
