package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.PullPolicy;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.registry.ImagePuller;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gets the images of services, with the logins that the engine knows: Compose itself has those of this user alone. */
final class ComposeImages {

    private final ImageStore images;
    private final ImagePuller puller;
    private final EngineListener listener;

    ComposeImages(ImageStore images, ImagePuller puller, EngineListener listener) {
        this.images = images;
        this.puller = puller;
        this.listener = listener;
    }

    /**
     * Makes sure that the daemon has them.
     *
     * @throws EngineException when one cannot be had; names its service
     */
    void fetch(List<ComposeDocument.WantedImage> wanted) throws EngineException, InterruptedException {
        Set<String> pulled = new HashSet<>();
        for (ComposeDocument.WantedImage image : wanted) {
            try {
                fetch(image, pulled);
            } catch (InvalidRequestException e) {
                throw new InvalidRequestException(what(image) + ": " + e.what(), e.why(), e.advice(), e);
            } catch (EngineException e) {
                throw new EngineException(what(image) + ": " + e.what(), e.why(), e.advice(), e);
            }
        }
    }

    private static String what(ComposeDocument.WantedImage image) {
        return "could not start the service " + image.service() + " of the image " + Printable.shortened(image.image());
    }

    private void fetch(ComposeDocument.WantedImage wanted, Set<String> pulled)
            throws EngineException, InterruptedException {
        ImageSelector selector = selector(wanted.image());
        if (!(selector instanceof ImageSelector.Named named) || wanted.pull() == PullPolicy.NEVER) {
            images.inspect(selector);
            return;
        }
        if (wanted.pull() == PullPolicy.MISSING) {
            if (isThere(wanted.image())) {
                return;
            }
            listener.on(new EngineEvent.Note("The daemon has no image " + named.reference() + " yet"));
        }
        if (pulled.add(wanted.image() + ' ' + wanted.platform())) {
            puller.pull(new PullRequest(named.reference(), platform(wanted.platform())));
        }
    }

    /** Whether the daemon has an image of this name. */
    boolean isThere(String image) throws EngineException, InterruptedException {
        try {
            images.inspect(selector(image));
            return true;
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    private static ImageSelector selector(String image) throws InvalidRequestException {
        try {
            return ImageSelector.parse(image);
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not read the image's name", e.getMessage(), "Mend it in the Compose file", e);
        }
    }

    private static Platform platform(String text) throws InvalidRequestException {
        try {
            return text == null ? null : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "could not read the platform " + Printable.shortened(text),
                    String.valueOf(e.getMessage()),
                    "Mend it in the Compose file",
                    e);
        }
    }
}
