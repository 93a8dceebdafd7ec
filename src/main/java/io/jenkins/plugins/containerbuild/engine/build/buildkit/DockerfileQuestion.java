package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.BuildFailedException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildWarning;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.Call;
import io.jenkins.plugins.containerbuild.engine.build.DockerfileAnswer;
import io.jenkins.plugins.containerbuild.engine.build.DockerfileExcerpt;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads what a Dockerfile's frontend answers to {@code check}, {@code outline} and {@code targets}. */
final class DockerfileQuestion {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Call call;
    private final String daemon;
    private final EngineListener listener;
    private final UnaryOperator<String> mask;

    /**
     * @param request what was asked
     * @param daemon who was asked, for messages
     * @param listener told of the answer
     * @param mask for everything that is said
     */
    DockerfileQuestion(BuildRequest request, String daemon, EngineListener listener, UnaryOperator<String> mask) {
        this.call = request.call();
        this.daemon = daemon;
        this.listener = listener;
        this.mask = mask;
    }

    /**
     * Reads the answer and tells it.
     *
     * @throws InvalidRequestException when the daemon's frontend does not know the question
     * @throws BuildFailedException when the Dockerfile cannot be read, or wants its findings to be errors
     */
    BuiltImage read(Map<String, ByteString> parts) throws EngineException {
        JsonNode json = json(parts.get("result.json"));
        List<BuildWarning> warnings = call == Call.CHECK ? findings(json) : List.of();
        String text = mask.apply(call == Call.CHECK ? summary(warnings) : text(parts.get("result.txt")));
        warnings.forEach(warning -> listener.on(new EngineEvent.DockerfileWarning(
                warning.rule(), warning.text(), warning.file(), warning.line(), warning.url())));
        failOnError(json);
        listener.on(
                new EngineEvent.DockerfileAnswered(call.toString(), text.lines().toList()));
        return BuiltImage.none(
                warnings, new DockerfileAnswer(call, text, withoutSources(json).toString()));
    }

    /** Whether the daemon's words mean that it does not know the question. */
    static boolean isUnknown(String words) {
        return words.contains("unsupported request") || words.contains("unsupported frontend capability");
    }

    InvalidRequestException unknown() {
        return new InvalidRequestException(
                "could not call '" + call + "' for the Dockerfile",
                "the " + daemon + " builds with a frontend that does not know it",
                (call == Call.CHECK
                                ? "Use Docker Engine 27 (BuildKit 0.14) or newer"
                                : "Use Docker Engine 23 (BuildKit 0.11) or newer")
                        + ", or make '# syntax=docker/dockerfile:1' the Dockerfile's first line, where the daemon can"
                        + " get that frontend");
    }

    private JsonNode json(ByteString bytes) throws InvalidRequestException {
        if (bytes == null) {
            throw unknown();
        }
        try {
            return masked(MAPPER.readTree(bytes.toByteArray()));
        } catch (IOException notJson) {
            throw new IllegalStateException("the frontend's answer is no JSON", notJson);
        }
    }

    private static String text(ByteString bytes) {
        return bytes == null ? "" : bytes.toStringUtf8().stripTrailing();
    }

    private static List<BuildWarning> findings(JsonNode json) {
        List<BuildWarning> findings = new ArrayList<>();
        for (JsonNode warning : json.path("warnings")) {
            String detail = warning.path("detail").asText("");
            findings.add(new BuildWarning(
                    warning.path("ruleName").asText(null),
                    detail.isEmpty() ? warning.path("description").asText("") : detail,
                    source(json, warning).path("filename").asText(null),
                    firstLine(warning),
                    warning.path("url").asText(null)));
        }
        return findings;
    }

    private static JsonNode source(JsonNode json, JsonNode placed) {
        return json.path("sources")
                .path(placed.path("location").path("sourceIndex").asInt(0));
    }

    private static int firstLine(JsonNode placed) {
        return range(placed).path("start").path("line").asInt(0);
    }

    private static JsonNode range(JsonNode placed) {
        return placed.path("location").path("ranges").path(0);
    }

    private static String summary(List<BuildWarning> warnings) {
        return warnings.isEmpty()
                ? "Check complete, nothing was found"
                : "Check complete, " + warnings.size() + (warnings.size() == 1 ? " finding" : " findings");
    }

    private void failOnError(JsonNode json) throws BuildFailedException {
        JsonNode error = json.path("buildError");
        if (!error.isObject()) {
            return;
        }
        FailureReason reason = FailureReason.of(error.path("message").asText(""), null);
        throw new BuildFailedException(
                "the Dockerfile did not pass the check",
                reason.why(),
                BuildKitAdvice.onFailure(reason, List.of()),
                null,
                excerpt(json, error),
                null,
                List.of());
    }

    private DockerfileExcerpt excerpt(JsonNode json, JsonNode placed) {
        JsonNode source = source(json, placed);
        try {
            byte[] data = source.path("data").binaryValue();
            return data == null
                    ? null
                    : DockerfileExcerpt.of(
                            source.path("filename").asText("Dockerfile"),
                            mask.apply(new String(data, StandardCharsets.UTF_8)),
                            firstLine(placed),
                            range(placed).path("end").path("line").asInt(0));
        } catch (IOException notBase64) {
            return null;
        }
    }

    /** The Dockerfile is the asker's own, and long. */
    private static JsonNode withoutSources(JsonNode json) {
        JsonNode copy = json.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove("sources");
        }
        return copy;
    }

    private JsonNode masked(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(mask.apply(node.asText()));
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, masked(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
        }
        return node;
    }
}
