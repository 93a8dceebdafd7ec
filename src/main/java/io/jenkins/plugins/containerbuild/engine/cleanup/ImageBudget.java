package io.jenkins.plugins.containerbuild.engine.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds images that builds made within a bound. An image counts with what it does not share with others, and one that a
 * container uses, running or not, stays.
 */
final class ImageBudget {

    /** Nothing was looked at. */
    static final Outcome NOTHING = new Outcome(List.of(), List.of());

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final Duration COUNTING_LIMIT = Duration.ofMinutes(5);

    private final EngineConnection connection;
    private final ObjectMapper json = new ObjectMapper();

    ImageBudget(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * What became of images.
     *
     * @param removed the names of those that are gone now
     * @param forgotten the ids of those that are not there
     */
    record Outcome(List<String> removed, List<String> forgotten) {}

    /**
     * One that is there.
     *
     * @param names its tags; its id alone when it has none
     * @param bytes what it shares with no other image
     */
    private record Present(String id, List<String> names, long bytes) {}

    /** Removes the first ones that nobody uses until the rest fits. */
    Outcome keepWithin(List<String> ids, long bound) throws EngineException, InterruptedException {
        List<String> removed = new ArrayList<>();
        List<String> forgotten = new ArrayList<>(ids);
        try {
            Map<String, Present> images = images();
            forgotten.removeAll(images.keySet());
            Set<String> used = usedImages();
            long sum = 0;
            for (String id : ids) {
                sum += images.containsKey(id) ? images.get(id).bytes() : 0;
            }
            for (String id : ids) {
                Present image = images.get(id);
                if (sum > bound && image != null && !used.contains(id) && remove(image)) {
                    sum -= image.bytes();
                    removed.addAll(image.names());
                    forgotten.add(id);
                }
            }
            return new Outcome(removed, forgotten);
        } catch (DaemonRefusal e) {
            throw new EngineException(
                    "could not remove images that take too much space",
                    "the " + connection.info().product() + " at "
                            + connection.info().uri() + " answered: " + e.getMessage(),
                    "Look into the daemon's log for more",
                    e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    private Map<String, Present> images() throws DaemonRefusal, EngineException, IOException, InterruptedException {
        Map<String, Long> bytes = bytes();
        Map<String, Present> images = new LinkedHashMap<>();
        for (Image image : connection.call(docker -> docker.listImagesCmd().exec())) {
            String id = full(String.valueOf(image.getId()));
            String[] tags = image.getRepoTags();
            List<String> names = new ArrayList<>(tags == null ? List.of() : List.of(tags));
            names.removeIf(name -> name.contains("<none>"));
            images.put(
                    id,
                    new Present(id, names.isEmpty() ? List.of(id) : names, bytes.getOrDefault(id, image.getSize())));
        }
        return images;
    }

    /** What images take, by id. Podman's names in this answer are of no use. */
    private Map<String, Long> bytes() throws DaemonRefusal, IOException, InterruptedException {
        JsonNode answer;
        try (EngineConnection patient = connection.another()) {
            answer = patient.exchange(
                    DaemonRequest.get("/system/df").query("type", "image"), COUNTING_LIMIT, json::readTree);
        }
        Map<String, Long> bytes = new HashMap<>();
        for (JsonNode image : answer.path("Images")) {
            long shared = Math.max(0, image.path("SharedSize").asLong());
            bytes.put(
                    full(image.path("Id").asText()),
                    Long.valueOf(image.path("Size").asLong() - shared));
        }
        return bytes;
    }

    private Set<String> usedImages() throws DaemonRefusal, EngineException, InterruptedException {
        Set<String> used = new HashSet<>();
        for (Container container : connection.call(
                docker -> docker.listContainersCmd().withShowAll(true).exec())) {
            used.add(full(String.valueOf(container.getImageId())));
        }
        return used;
    }

    /** Podman leaves the algorithm out. */
    private static String full(String id) {
        return id.contains(":") ? id : "sha256:" + id;
    }

    /** Takes its names away, and with the last one the image; one that has come into use meanwhile stays. */
    private boolean remove(Present image) throws DaemonRefusal, EngineException, InterruptedException {
        for (String name : image.names()) {
            try {
                connection.call(docker -> {
                    docker.removeImageCmd(name).exec();
                    return null;
                });
            } catch (DaemonRefusal e) {
                if (e.status() == CONFLICT) {
                    return false;
                }
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        return true;
    }
}
