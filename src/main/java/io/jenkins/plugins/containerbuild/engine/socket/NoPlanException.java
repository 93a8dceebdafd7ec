package io.jenkins.plugins.containerbuild.engine.socket;

/** A means cannot be used here; the message says why. */
final class NoPlanException extends Exception {

    private static final long serialVersionUID = 1L;

    NoPlanException(String why) {
        super(why);
    }
}
