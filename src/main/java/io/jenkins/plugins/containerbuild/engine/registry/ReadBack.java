package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.image.Digest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import java.util.Optional;

/** Looks into a registry after a push, past whoever has pushed. */
@FunctionalInterface
public interface ReadBack {

    /**
     * What a registry has under a name.
     *
     * @param name with a tag or a digest
     * @return nothing when it cannot be read from here, which says nothing: whoever pushed may be in another network
     * @throws InterruptedException when the thread was interrupted
     */
    Optional<Digest> digestOf(ImageReference name) throws InterruptedException;

    /**
     * Looks whether a registry has what was pushed. A name that leads elsewhere by now is no failure where the pushed content
     * is there all the same: builds that push {@code latest} at the same time are nothing strange.
     *
     * @param listener warned of such a name
     * @throws EngineException when the registry does not have it
     * @throws InterruptedException when the thread was interrupted
     */
    default void require(PushedReference pushed, EngineListener listener) throws EngineException, InterruptedException {
        ImageReference name = pushed.reference();
        Optional<Digest> now = digestOf(name);
        if (now.isEmpty() || now.get().equals(pushed.digest())) {
            return;
        }
        ImageReference content = ImageReference.parse(name.repository() + '@' + pushed.digest());
        if (digestOf(content).isEmpty()) {
            throw mismatch("could not push " + name.familiar(), now.get(), pushed.digest());
        }
        listener.on(new EngineEvent.Warning(
                "The name " + name.familiar() + " leads to " + now.get() + " by now, and not to "
                        + pushed.digest()
                        + " that was pushed: another build has pushed the same name meanwhile. Give each build a tag"
                        + " of its own"));
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
