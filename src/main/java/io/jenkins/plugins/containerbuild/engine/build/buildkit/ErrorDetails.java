package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.jenkins.plugins.containerbuild.engine.build.DockerfileExcerpt;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureDetail;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.FailureStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * What newer daemons tell of a failure besides its text: which step it was and where the Dockerfile has it. The details
 * are JSON inside a message, each with the name of its kind.
 *
 * @param vertex the step's digest, or null
 * @param excerpt where the Dockerfile has it, or null
 */
record ErrorDetails(String vertex, DockerfileExcerpt excerpt) {

    static final Metadata.Key<byte[]> KEY = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final ErrorDetails NONE = new ErrorDetails(null, null);

    /**
     * Reads them.
     *
     * @param trailers of the failed call; may be null
     * @param mask for the Dockerfile's lines
     */
    static ErrorDetails of(Metadata trailers, UnaryOperator<String> mask) {
        byte[] bytes = trailers == null ? null : trailers.get(KEY);
        if (bytes == null) {
            return NONE;
        }
        String vertex = null;
        DockerfileExcerpt excerpt = null;
        try {
            for (FailureDetail detail : FailureStatus.parseFrom(bytes).getDetailsList()) {
                String kind = detail.getTypeUrl();
                if (kind.endsWith("/errdefs.Vertex+json")) {
                    vertex = json(detail).path("digest").asText(null);
                } else if (excerpt == null && kind.endsWith("/errdefs.Source+json")) {
                    excerpt = excerpt(json(detail), mask);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return NONE;
        }
        return new ErrorDetails(vertex, excerpt);
    }

    private static JsonNode json(FailureDetail detail) {
        try {
            return new ObjectMapper().readTree(detail.getValue().toByteArray());
        } catch (IOException notJson) {
            return new ObjectMapper().createObjectNode();
        }
    }

    private static DockerfileExcerpt excerpt(JsonNode source, UnaryOperator<String> mask) {
        JsonNode range = source.path("ranges").path(0);
        String file = source.path("info").path("filename").asText("");
        JsonNode data = source.path("info").path("data");
        if (file.isEmpty() || !data.isTextual()) {
            return null;
        }
        try {
            return DockerfileExcerpt.of(
                    file,
                    mask.apply(new String(data.binaryValue(), StandardCharsets.UTF_8)),
                    range.path("start").path("line").asInt(0),
                    range.path("end").path("line").asInt(0));
        } catch (IOException notBase64) {
            return null;
        }
    }
}
