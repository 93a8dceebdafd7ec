package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.Optional;

/** Looks into a registry after a push, past whoever has pushed. */
@FunctionalInterface
public interface ReadBack {

    /**
     * What a registry has under a name.
     *
     * @return nothing when it cannot be read from here, which says nothing: whoever pushed may be in another network
     * @throws InterruptedException when the thread was interrupted
     */
    Optional<Digest> digestOf(ImageReference name) throws InterruptedException;

    /**
     * Looks whether a name leads to what was pushed under it.
     *
     * @throws EngineException when it leads to something else
     * @throws InterruptedException when the thread was interrupted
     */
    default void require(PushedReference pushed) throws EngineException, InterruptedException {
        Optional<Digest> now = digestOf(pushed.reference());
        if (now.isPresent() && !now.get().equals(pushed.digest())) {
            throw mismatch("could not push " + pushed.reference().familiar(), now.get(), pushed.digest());
        }
    }

    /**
     * What it means that a name leads to something else than was pushed.
     *
     * @param what what could not be done
     */
    static RegistryException mismatch(String what, Digest now, Digest pushed) {
        return new RegistryException(
                what,
                "the registry now has " + now + " under this name, and not " + pushed + " that was pushed",
                "Another build may have pushed the same name meanwhile; give each build a tag of its own",
                null);
    }
}
