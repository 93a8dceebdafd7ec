package io.jenkins.plugins.containerbuild.engine.registry.direct;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image's configuration says. What it does not say is empty.
 *
 * @param created when it was made (RFC 3339), as its builder wrote it
 * @param labels its labels
 * @param env the environment of its processes, {@code NAME=VALUE}
 * @param entrypoint the program that its containers run
 * @param command the arguments of the entrypoint, or the program where there is none
 * @param user who runs it
 * @param workdir the directory that it runs in
 */
public record RemoteConfig(
        String created,
        Map<String, String> labels,
        List<String> env,
        List<String> entrypoint,
        List<String> command,
        String user,
        String workdir)
        implements Serializable {

    /** Copies the collections. */
    public RemoteConfig {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
    }

    /** Reads a configuration of the OCI's or Docker's type, which have these fields in common. */
    static RemoteConfig of(JsonNode document) {
        JsonNode config = document.path("config");
        return new RemoteConfig(
                document.path("created").asText(""),
                texts(config.path("Labels")),
                list(config.path("Env")),
                list(config.path("Entrypoint")),
                list(config.path("Cmd")),
                config.path("User").asText(""),
                config.path("WorkingDir").asText(""));
    }

    /** Texts by name, such as labels and annotations; what is no text is left out. */
    static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return texts;
    }

    private static List<String> list(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            }
        }
        return texts;
    }
}
