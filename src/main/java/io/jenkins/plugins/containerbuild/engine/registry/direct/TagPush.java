package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.ContentHash;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageStore;
import io.jenkins.plugins.containerbuild.engine.registry.PushedReference;
import io.jenkins.plugins.containerbuild.engine.registry.ReadBack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives names to what is in a registry already, and looks whether they have arrived. */
final class TagPush {

    private final Tries tries;
    private final EngineListener listener;

    TagPush(Tries tries, EngineListener listener) {
        this.tries = tries;
        this.listener = listener;
    }

    /**
     * The names that something gets, completed with the tag {@code latest}.
     *
     * @param action for messages: "merge images"
     * @throws InvalidRequestException when there is none, or one has a digest
     */
    static List<ImageReference> names(String action, List<ImageReference> given) throws InvalidRequestException {
        if (given.isEmpty()) {
            throw new InvalidRequestException(
                    "could not " + action,
                    "no name was given for the result",
                    "Give at least one name, for example registry.example:5000/team/app:1.0");
        }
        List<ImageReference> names = new ArrayList<>();
        for (ImageReference name : given) {
            names.add(ImageStore.tagged(name));
        }
        return names;
    }

    /** Pushes a manifest or an index whose content is there, and reads it back. */
    PushedReference push(String mediaType, byte[] bytes, ImageReference name, Repository target)
            throws EngineException, InterruptedException {
        String action =
                "push " + name.familiar() + " to " + target.session().entry().address();
        tries.run(action, () -> target.put(name.tag(), mediaType, bytes));
        Manifest now = tries.run("read " + name.familiar() + " back", () -> target.manifest(name.tag(), null));
        if (!Arrays.equals(now.bytes(), bytes)) {
            throw ReadBack.mismatch("could not " + action, now.digest(), ContentHash.of(bytes));
        }
        listener.on(new EngineEvent.Pushed(name.familiar(), now.digest().toString()));
        return new PushedReference(name, now.digest());
    }
}
