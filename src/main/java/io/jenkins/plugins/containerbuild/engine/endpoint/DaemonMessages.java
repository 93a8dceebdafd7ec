package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;

/** Finds the sentence for people in what a daemon or a socket says. */
final class DaemonMessages {

    private DaemonMessages() {}

    /** docker-java hands over the answer's body as it is: a JSON object with a message, as a rule. */
    static String of(DockerException e) {
        String body = e.getMessage() == null ? "" : e.getMessage().replaceFirst("^Status \\d+: ", "");
        try {
            String message = of(new ObjectMapper().readTree(body));
            return message.isBlank() ? "HTTP status " + e.getHttpStatus() : message;
        } catch (JsonProcessingException notJson) {
            return body.isBlank() ? "HTTP status " + e.getHttpStatus() : body;
        }
    }

    /** What an answer says: usually a message; of a push that it refuses at once, Podman tells an error. */
    static String of(JsonNode answer) {
        return answer.path("message").asText(answer.path("error").asText(""));
    }

    /** The innermost cause usually says most. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
            innermost = innermost.getCause();
        }
        Throwable telling = innermost.getMessage() == null ? failure : innermost;
        return telling.getMessage() == null ? telling.getClass().getSimpleName() : telling.getMessage();
    }
}
