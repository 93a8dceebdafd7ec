package io.jenkins.plugins.containerbuild.engine.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.RootFS;
import com.github.dockerjava.api.model.ContainerConfig;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
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
            return connection.call(
                    docker -> details(docker.inspectImageCmd(image.engineName()).exec()));
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

    private static ImageDetails details(InspectImageResponse image) {
        ContainerConfig config = image.getConfig();
        Map<String, String> labels = config == null ? null : config.getLabels();
        RootFS files = image.getRootFS();
        Long size = image.getSize();
        return new ImageDetails(
                id(orEmpty(image.getId())),
                orEmpty(image.getRepoTags()),
                orEmpty(image.getRepoDigests()),
                size == null ? 0L : size.longValue(),
                files == null
                        ? List.of()
                        : orEmpty(files.getLayers()).stream().map(Digest::parse).toList(),
                orEmpty(image.getOs()),
                orEmpty(image.getArch()),
                orEmpty(image.getCreated()),
                labels == null ? Map.of() : labels);
    }

    /** Podman leaves out the algorithm. */
    private static Digest id(String text) {
        return Digest.parse(text.contains(":") ? text : "sha256:" + text);
    }

    private static List<String> orEmpty(@CheckForNull List<String> values) {
        return values == null ? List.of() : values;
    }

    private static String orEmpty(@CheckForNull String value) {
        return value == null ? "" : value;
    }
}
