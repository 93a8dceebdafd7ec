package io.jenkins.plugins.containerbuild.engine.cleanup;

import com.github.dockerjava.api.model.Image;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.endpoint.DaemonRefusal;
import io.jenkins.plugins.containerbuild.engine.endpoint.EngineConnection;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The empty images of helper containers and those that Docker Compose has built without a name, known by labels and name:
 * images that users make of labelled containers stay.
 */
final class HelperImages {

    private static final int NOT_FOUND = 404;

    private final EngineConnection connection;

    HelperImages(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * One of them.
     *
     * @param kind which of them
     * @param name the name that it was given
     * @param labels its labels
     */
    record HelperImage(Remnant.Kind kind, String name, Map<String, String> labels) {}

    List<HelperImage> ownedBy(String controller) throws EngineException, InterruptedException {
        try {
            List<Image> images = connection.call(docker -> docker.listImagesCmd()
                    .withLabelFilter(Map.of(Ownership.CONTROLLER, controller))
                    .exec());
            List<HelperImage> helpers = new ArrayList<>();
            for (Image image : images) {
                String[] names = image.getRepoTags();
                Map<String, String> told = image.getLabels();
                Map<String, String> labels = told == null ? Map.of() : told;
                for (String name : names == null ? new String[0] : names) {
                    if (name.startsWith(Ownership.HELPER_REPOSITORY + ':')) {
                        helpers.add(new HelperImage(Remnant.Kind.HELPER_IMAGE, name, labels));
                    } else if (name.equals(nameByCompose(labels))) {
                        helpers.add(new HelperImage(Remnant.Kind.BUILT_IMAGE, name, labels));
                    }
                }
            }
            return helpers;
        } catch (DaemonRefusal e) {
            throw refused("could not list the images of helper containers", e);
        }
    }

    /** What Compose names an image that the files give no name. */
    private static String nameByCompose(Map<String, String> labels) {
        return labels.get("com.docker.compose.project") + '-' + labels.get("com.docker.compose.service") + ":latest";
    }

    /** Takes the name away, and with it the image; one that a container still needs stays. */
    void remove(String name) throws EngineException, InterruptedException {
        try {
            connection.call(docker -> {
                docker.removeImageCmd(name).exec();
                return null;
            });
        } catch (DaemonRefusal e) {
            if (e.status() != NOT_FOUND) {
                throw refused("could not remove the image " + name, e);
            }
        }
    }

    private EngineException refused(String what, DaemonRefusal e) {
        return new EngineException(
                what,
                "the " + connection.info().product() + " at "
                        + connection.info().uri() + " answered: " + e.getMessage(),
                "Look into the daemon's log for more",
                e);
    }
}
