package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureDetail;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What newer daemons tell of a failure besides its text: which step it was and where the Dockerfile has it. The details
 * are JSON inside a message, each with the name of its kind.
 *
 * @param vertex the step's digest, or null
 * @param place {@code Dockerfile:3: RUN make}, or null
 */
record ErrorDetails(String vertex, String place) {

    static final Metadata.Key<byte[]> KEY = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final ErrorDetails NONE = new ErrorDetails(null, null);
    private static final int LONGEST_LINE = 300;

    static ErrorDetails of(Metadata trailers) {
        byte[] bytes = trailers == null ? null : trailers.get(KEY);
        if (bytes == null) {
            return NONE;
        }
        String vertex = null;
        String place = null;
        try {
            for (FailureDetail detail : FailureStatus.parseFrom(bytes).getDetailsList()) {
                String kind = detail.getTypeUrl();
                if (kind.endsWith("/errdefs.Vertex+json")) {
                    vertex = json(detail).path("digest").asText(null);
                } else if (place == null && kind.endsWith("/errdefs.Source+json")) {
                    place = place(json(detail));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return NONE;
        }
        return new ErrorDetails(vertex, place);
    }

    private static JsonNode json(FailureDetail detail) {
        try {
            return new ObjectMapper().readTree(detail.getValue().toByteArray());
        } catch (IOException notJson) {
            return new ObjectMapper().createObjectNode();
        }
    }

    private static String place(JsonNode source) {
        int line = source.path("ranges").path(0).path("start").path("line").asInt(0);
        String file = source.path("info").path("filename").asText("");
        if (line < 1 || file.isEmpty()) {
            return null;
        }
        try {
            String text = new String(source.path("info").path("data").binaryValue(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            String shown = line > lines.size()
                    ? ""
                    : ": " + shortened(lines.get(line - 1).strip());
            return file + ':' + line + shown;
        } catch (IOException | RuntimeException notThere) {
            return file + ':' + line;
        }
    }

    private static String shortened(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    }
}
