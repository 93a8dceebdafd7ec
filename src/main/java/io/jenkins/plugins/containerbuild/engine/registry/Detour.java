package io.jenkins.plugins.containerbuild.engine.registry;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;

/**
 * The way past a daemon, for images that it does not push since it refuses a registry that its entry allows as it is.
 *
 * @param registries what is allowed
 */
public record Detour(RegistryAccess registries) {

    /** A push that has to take the detour. Stays inside the engine. */
    public static final class TakenException extends RegistryException {

        private static final long serialVersionUID = 1L;

        private final String note;

        private TakenException(ImageReference name, EngineEvent.Note note, RegistryFailure failure) {
            super("could not push " + name.familiar(), failure.getMessage(), "Push it past the daemon", failure);
            this.note = note.text();
        }

        /** What a log says of it. */
        public EngineEvent.Note note() {
            return new EngineEvent.Note(note);
        }
    }

    /** Whether a push of this name that failed so may take it. */
    boolean isOpen(ImageReference name, RegistryFailure failure) {
        RegistryTransport allowed = registries.entryFor(name).transport();
        return switch (failure.kind()) {
            case HTTP_ON_HTTPS -> allowed.plainHttp();
            case UNTRUSTED_CERTIFICATE -> allowed.isSpecial();
            default -> false;
        };
    }

    /** What a log says of a push that takes it. */
    EngineEvent.Note note(ImageReference name, RegistryFailure failure) {
        String why = failure.kind() == RegistryFailure.Kind.HTTP_ON_HTTPS
                ? "which speaks plain HTTP, but its entry allows that"
                : "whose certificate it does not trust, but its entry does";
        return new EngineEvent.Note("The daemon does not take the registry " + RegistryAddress.of(name) + ", " + why
                + ": the image goes there from this machine, past the daemon");
    }

    /**
     * Lets failures pass that are no reason for it.
     *
     * @throws TakenException when this one is
     */
    public void check(PushRefusedException refused) throws TakenException {
        RegistryFailure failure = RegistryFailure.of(refused.getMessage());
        if (isOpen(refused.reference(), failure)) {
            throw new TakenException(refused.reference(), note(refused.reference(), failure), failure);
        }
    }
}
