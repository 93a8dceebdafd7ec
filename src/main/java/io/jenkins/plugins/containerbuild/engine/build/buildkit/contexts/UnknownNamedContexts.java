package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;

/**
 * The answer of a frontend that does not know named contexts, which it is told to give instead of building without them. A
 * frontend that the Dockerfile's line {@code # syntax=} names is asked in place of the daemon's own.
 */
public final class UnknownNamedContexts {

    static final String CAPABILITY = "moby.buildkit.frontend.contexts";

    private UnknownNamedContexts() {}

    /** Whether a daemon's words mean that. */
    public static boolean areMeantBy(String words) {
        return words.contains("unsupported frontend capability " + CAPABILITY);
    }

    /**
     * What to say then.
     *
     * @param daemon what people call it
     */
    public static InvalidRequestException refusedBy(String daemon) {
        return new InvalidRequestException(
                "could not build with the option buildContexts",
                "the " + daemon + " builds with a frontend that does not know it",
                "Use Docker Engine 23.0 (BuildKit 0.10) or newer, make '# syntax=docker/dockerfile:1' the Dockerfile's"
                        + " first line, where the daemon can get that frontend, or leave the option out");
    }
}
