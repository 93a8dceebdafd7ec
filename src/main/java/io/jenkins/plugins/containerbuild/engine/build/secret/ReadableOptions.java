package io.jenkins.plugins.containerbuild.engine.build.secret;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options whose values end in the image's history, configuration or provenance, where everybody who has the image can
 * read them: no place for secrets.
 */
public final class ReadableOptions {

    /** A shorter secret is found in longer texts by chance. */
    private static final int SHORTEST_INSIDE = 8;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Those of a request. */
    public ReadableOptions(BuildRequest request) {
        request.buildArgs().forEach((name, value) -> values.put("build argument '" + name + "'", value));
        request.labels().forEach((name, value) -> values.put("label '" + name + "'", value));
        request.annotations().forEach(one -> values.put("annotation '" + one.key() + "'", one.value()));
        values.values().removeIf(String::isBlank);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void refuseIfTheyHold(String id, SecretBytes secret) throws InvalidRequestException {
        refuseIfTheyHold(
                new String(secret.reveal(), StandardCharsets.UTF_8),
                "the secret '" + id + "'",
                "Leave it out and read the secret with RUN --mount=type=secret,id=" + id);
    }

    /**
     * Refuses a value that is a secret, or holds one that is long enough not to be there by chance.
     *
     * @param secret the secret
     * @param name what it is called in the message
     * @param advice what to do instead
     * @throws InvalidRequestException when one of them does; it names the option and shows no value
     */
    public void refuseIfTheyHold(String secret, String name, String advice) throws InvalidRequestException {
        String value = secret.strip();
        if (value.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> option : values.entrySet()) {
            boolean equal = option.getValue().strip().equals(value);
            if (equal || value.length() >= SHORTEST_INSIDE && option.getValue().contains(value)) {
                throw new InvalidRequestException(
                        "could not use the " + option.getKey(),
                        "its value " + (equal ? "is " : "contains ") + name
                                + ", and everybody who has the image could read it",
                        advice);
            }
        }
    }
}
