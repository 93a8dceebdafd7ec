package io.jenkins.plugins.containerbuild.engine.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project as {@code compose config --format json} resolves it: files merged, variables filled in, paths absolute, only the
 * services that are wanted. What is checked and labelled here is what Compose gets afterwards, on its standard input, so
 * that a file which changes meanwhile changes nothing.
 */
final class ComposeDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode root;

    private ComposeDocument(ObjectNode root) {
        this.root = root;
    }

    /**
     * Reads it.
     *
     * @param what what could not be done otherwise
     * @throws EngineException when it is no such document
     */
    static ComposeDocument read(String what, String json) throws EngineException {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode root) {
                return new ComposeDocument(root);
            }
            throw new EngineException(what, "Docker Compose answered with no project", "Update Docker Compose");
        } catch (IOException e) {
            throw new EngineException(
                    what, "Docker Compose's answer is no JSON: " + e.getMessage(), "Update Docker Compose", e);
        }
    }

    /** Its text. */
    byte[] bytes() {
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The services by their names. */
    Map<String, ObjectNode> services() {
        return objects("services");
    }

    /** One of the top-level maps: services, networks, volumes, secrets, configs; what has no settings counts as empty. */
    Map<String, ObjectNode> objects(String section) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        if (root.get(section) instanceof ObjectNode all) {
            for (Iterator<String> names = all.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                JsonNode value = all.get(name);
                found.put(name, value instanceof ObjectNode object ? object : MAPPER.createObjectNode());
            }
            found.forEach(all::set);
        }
        return found;
    }

    /**
     * Says of all that Compose makes whose it is. What is external it does not make, and the names of images that the files
     * give are their users'.
     */
    void label(Map<String, String> labels, Map<String, String> volumeLabels) {
        for (ObjectNode service : services().values()) {
            add(service, labels);
            if (service.get("build") instanceof ObjectNode build && !service.hasNonNull("image")) {
                add(build, labels);
            }
        }
        objects("networks").values().forEach(network -> addToOwn(network, labels));
        objects("volumes").values().forEach(volume -> addToOwn(volume, volumeLabels));
    }

    private static void addToOwn(ObjectNode made, Map<String, String> labels) {
        JsonNode external = made.get("external");
        if (external == null || external.isBoolean() && !external.booleanValue()) {
            add(made, labels);
        }
    }

    private static void add(ObjectNode made, Map<String, String> labels) {
        ObjectNode all = MAPPER.createObjectNode();
        if (made.get("labels") instanceof ArrayNode list) {
            list.forEach(label -> {
                String[] parts = label.asText().split("=", 2);
                all.put(parts[0], parts.length == 1 ? "" : parts[1]);
            });
        } else if (made.get("labels") instanceof ObjectNode object) {
            all.setAll(object);
        }
        // A dollar sign would begin a variable.
        labels.forEach((name, value) -> all.put(name, value.replace("$", "$$")));
        made.set("labels", all);
    }

    /** Profiles have chosen already: what is left is wanted. */
    void dropProfiles() {
        services().values().forEach(service -> service.remove("profiles"));
    }

    /**
     * The image that a service is started from, where it is not built.
     *
     * @param service the service's name
     * @param image the image as the file names it
     * @param platform its platform; null for the daemon's own
     * @param pull when it is pulled
     */
    record WantedImage(String service, String image, String platform, PullPolicy pull) {}

    /**
     * The images that are not built. They are the engine's to pull, with its logins; Compose is told to leave it to that.
     *
     * @param asked the caller's policy; null for that of the files
     */
    List<WantedImage> takeImages(PullPolicy asked) {
        List<WantedImage> wanted = new ArrayList<>();
        services().forEach((name, service) -> {
            if (service.hasNonNull("image") && !service.hasNonNull("build")) {
                PullPolicy pull =
                        asked == null ? policy(service.path("pull_policy").asText()) : asked;
                String platform = service.path("platform").asText();
                wanted.add(new WantedImage(
                        name, service.get("image").asText(), platform.isEmpty() ? null : platform, pull));
                service.put("pull_policy", "never");
            }
        });
        return wanted;
    }

    private static PullPolicy policy(String word) {
        return switch (word) {
            case "always", "daily", "weekly" -> PullPolicy.ALWAYS;
            case "never" -> PullPolicy.NEVER;
            default -> word.startsWith("every_") ? PullPolicy.ALWAYS : PullPolicy.MISSING;
        };
    }

    /** The services that have a build section, with the names that their images are given; null for Compose's own. */
    Map<String, String> built() {
        Map<String, String> built = new LinkedHashMap<>();
        services().forEach((name, service) -> {
            if (service.hasNonNull("build")) {
                boolean always = service.path("pull_policy").asText().equals("build");
                built.put(
                        name,
                        service.hasNonNull("image") && !always
                                ? service.get("image").asText()
                                : null);
            }
        });
        return built;
    }

    /** Whether a service is there to go on: it publishes ports or has a health check. Others may do one thing and end. */
    boolean goesOn(String service) {
        ObjectNode found = services().get(service);
        return found != null
                && (!found.path("ports").isEmpty() || !found.path("healthcheck").isEmpty());
    }
}
