package io.jenkins.plugins.containerbuild.engine.build.context;

/** A line of an ignore file is no pattern. The message is the bare reason; who knows file and line adds them. */
final class BadPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    BadPatternException(String reason) {
        super(reason);
    }
}
