package io.jenkins.plugins.containerbuild.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRequest;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images of one daemon. */
public final class ImageStore {

    private final EngineConnection connection;
    private final EngineListener listener;

    /**
     * @param connection the daemon
     * @param listener told of new names
     */
    public ImageStore(EngineConnection connection, EngineListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /**
     * What the daemon knows of an image.
     *
     * @throws EngineException when there is no such image
     * @throws InterruptedException when the thread was interrupted
     */
    public ImageDetails inspect(ImageSelector image) throws EngineException, InterruptedException {
        try {
            return connection.object(DaemonRequest.get("/images/" + image.engineName() + "/json"), ImageStore::details);
        } catch (DaemonRefusal e) {
            if (e.status() == 404) {
                throw new InvalidRequestException(
                        "could not find the image " + image,
                        "the " + daemon() + " has no such image",
                        "Build or pull it on this daemon first, or check the name; one without a host is completed with"
                                + " the registry's address, so give the id or the full name");
            }
            throw refused("could not look at the image " + image, e);
        } catch (InvalidReferenceException e) {
            throw new EngineException(
                    "could not look at the image " + image,
                    "the " + daemon() + " gave it an id that is none (" + e.reason() + ")",
                    "Check what really listens at that address",
                    e);
        }
    }

    /**
     * Adds a name to an image; a name that another image had moves.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void tag(Digest imageId, ImageReference reference) throws EngineException, InterruptedException {
        ImageReference tagged = tagged(reference);
        try {
            connection.call(docker -> {
                docker.tagImageCmd(imageId.toString(), tagged.repository(), tagged.tag())
                        .exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            throw refused("could not tag " + imageId + " as " + reference, e);
        }
        listener.on(new EngineEvent.Tagged(imageId.toString(), tagged.familiar()));
    }

    /**
     * Takes a name from an image that has others.
     *
     * @throws EngineException when the daemon refuses
     * @throws InterruptedException when the thread was interrupted
     */
    public void untag(ImageReference reference) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeImageCmd(reference.toString()).withNoPrune(true).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            throw refused("could not take the name " + reference + " from its image", e);
        }
    }

    /**
     * The reference with a tag, {@code latest} where it has none.
     *
     * @throws InvalidRequestException when it has a digest: an image cannot be given one
     */
    public static ImageReference tagged(ImageReference reference) throws InvalidRequestException {
        if (reference.digest() != null) {
            throw new InvalidRequestException(
                    "could not use " + reference + " as a new name",
                    "it has a digest, which follows from the content and cannot be chosen",
                    "Leave out everything from the @ on");
        }
        return reference.withDefaultTag();
    }

    private EngineException refused(String what, DaemonRefusal e) {
        return new EngineException(
                what, "the " + daemon() + " answered: " + e.getMessage(), "Look into the daemon's log for more", e);
    }

    private String daemon() {
        return connection.info().product() + " at " + connection.info().uri();
    }

    private static ImageDetails details(JsonNode image) {
        Map<String, String> labels = new LinkedHashMap<>();
        image.path("Config")
                .path("Labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return new ImageDetails(
                id(image.path("Id").asText()),
                texts(image.path("RepoTags")),
                texts(image.path("RepoDigests")),
                image.path("Size").asLong(),
                texts(image.path("RootFS").path("Layers")).stream()
                        .map(Digest::parse)
                        .toList(),
                text(image.path("Os")),
                text(image.path("Architecture")),
                text(image.path("Created")),
                labels);
    }

    /** Podman leaves out the algorithm. */
    private static Digest id(String text) {
        return Digest.parse(text.contains(":") ? text : "sha256:" + text);
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    /** Empty for null, too. */
    private static String text(JsonNode value) {
        return value.asText("");
    }
}
